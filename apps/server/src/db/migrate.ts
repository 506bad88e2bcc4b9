import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { migrate as applyMigrations } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { fail } from '../changes/app-error.ts';
import { copyDatabase } from './backup.ts';
import type { Opened } from './connection.ts';

/** Found from the sources as well as from the built package, where all code lies in one folder. */
const migrationsFolder = ['../../migrations/sqlite', '../migrations/sqlite']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

interface Steps {
  readonly folder: string;
  /** Applied already. */
  readonly done: number;
  readonly pending: number;
}

/** Brings the tables up to date. A database with data in it is copied beside itself first. */
export function migrate(opened: Opened, file: string): void {
  const steps = inspect(opened, file);
  if (steps.pending === 0) return;
  if (steps.done > 0) copyDatabase(file, `${file}.before-step-${steps.done + 1}`);
  try {
    applyMigrations(opened.connection, { migrationsFolder: steps.folder });
  } catch (error) {
    // A disk that takes no more makes SQLite roll back by itself; the migrator then fails to, and that hides why.
    if (!/no transaction is active/.test(String((error as Error).cause))) throw error;
    fail(
      'STORAGE_FAILED',
      `The disk did not take the tables of ${file}. Nothing was changed; make room on it, then start again.`,
    );
  }
}

/** For a process that visits the database beside its server: it must find the tables as it knows them. */
export function assertMigrated(opened: Opened, file: string): void {
  if (inspect(opened, file).pending > 0) fail('STORAGE_FAILED', `${file} is of an older release. Start the server on it first.`);
}

function inspect({ raw }: Opened, file: string): Steps {
  const folder = migrationsFolder ?? fail('INTERNAL', 'The migrations are missing from this installation. Install it again.');
  const known = new Set(readMigrationFiles({ migrationsFolder: folder }).map(({ hash }) => hash));
  const applied = appliedSteps(raw);
  if (applied.some((hash) => !known.has(hash))) {
    fail('STORAGE_FAILED', `${file} was written by a newer release. Start that release, or restore a backup made before it.`);
  }
  return { folder, done: applied.length, pending: known.size - applied.length };
}

function appliedSteps(raw: Opened['raw']): readonly string[] {
  const table = raw.prepare(`SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'`).get();
  if (table === undefined) return [];
  return raw.prepare<[], string>('SELECT hash FROM __drizzle_migrations').pluck().all();
}
