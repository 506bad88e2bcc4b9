import Sqlite from 'better-sqlite3';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { fail } from '../changes/app-error.ts';

/** What repositories query with: drizzle's builder over one connection. Calls are synchronous. */
export type Connection = BetterSQLite3Database;

/** A connection with the driver beneath it, for what only SQLite knows: transactions, pragmas, backups. */
export interface Opened {
  readonly raw: Sqlite.Database;
  readonly connection: Connection;
}

/** How long one process waits for another one's transaction, in milliseconds. */
const busyTimeoutMs = 5_000;
/** SQLite's number for `synchronous=FULL`: a commit returns when it is on disk, not before. */
const full = 2;

/** The writing connection: what it commits is on disk, which is read back here and not believed. */
export function openWriter(file: string, { mustExist = false }: { mustExist?: boolean } = {}): Opened {
  const raw = new Sqlite(file, { timeout: busyTimeoutMs, fileMustExist: mustExist });
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  // What is erased is overwritten, not only unlinked.
  raw.pragma('secure_delete = ON');
  assertPragma(raw, 'journal_mode', 'wal');
  assertPragma(raw, 'synchronous', full);
  assertPragma(raw, 'foreign_keys', 1);
  return { raw, connection: drizzle({ client: raw }) };
}

/** A connection that cannot write; it reads the last commit and never waits for a writer. */
export function openReader(file: string): Opened {
  const raw = new Sqlite(file, { readonly: true, timeout: busyTimeoutMs });
  return { raw, connection: drizzle({ client: raw }) };
}

function assertPragma(raw: Sqlite.Database, name: string, wanted: string | number): void {
  const actual = raw.pragma(name, { simple: true });
  if (actual === wanted) return;
  raw.close();
  fail(
    'STORAGE_FAILED',
    `SQLite keeps ${name}=${String(actual)} where ${wanted} is needed, so a commit might be lost. Put the data on a local disk.`,
  );
}
