import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** What being looked at changes: when something was last used, or last found writable. */
const incidental: Readonly<Record<string, string>> = {
  secrets: 'last_used_ms',
  sessions: 'last_used_ms, expires_ms',
};
const passing: ReadonlySet<string> = new Set(['meta', '__drizzle_migrations', 'sqlite_sequence']);

/** A digest of all that a server's database holds, or of what it holds of one organization. */
export function storedDigest(folder: string, org?: string): string {
  const database = new Sqlite(join(folder, 'taffrail.db'), { readonly: true });
  const hash = createHash('sha256');
  for (const table of tablesOf(database)) {
    const columns = columnsOf(database, table);
    if (org !== undefined && !columns.includes('org')) continue;
    const where = org === undefined ? '' : 'WHERE org = ?';
    const rows = database
      .prepare(`SELECT ${kept(table, columns)} FROM "${table}" ${where}`)
      .raw()
      .all(...(org === undefined ? [] : [org]));
    hash.update(`${table} ${JSON.stringify(rows)}\n`);
  }
  database.close();
  return hash.digest('hex');
}

const tablesOf = (database: Sqlite.Database): string[] =>
  database
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
    .all()
    .map(({ name }) => name)
    .filter((name) => !passing.has(name));

const columnsOf = (database: Sqlite.Database, table: string): string[] =>
  database
    .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map(({ name }) => name);

/** Every column of every table, by name. */
export function storedColumns(folder: string): string[] {
  const database = new Sqlite(join(folder, 'taffrail.db'), { readonly: true });
  const columns = tablesOf(database).flatMap((table) => columnsOf(database, table));
  database.close();
  return [...new Set(columns)];
}

function kept(table: string, columns: readonly string[]): string {
  const left = new Set((incidental[table] ?? '').split(', '));
  return columns
    .filter((column) => !left.has(column))
    .map((column) => `"${column}"`)
    .join(', ');
}
