import Sqlite from 'better-sqlite3';
import { AppError } from '../changes/app-error.ts';

/** What the disk can do to us, by the beginning of SQLite's code, and what to do about it. */
const sentences: readonly (readonly [code: string, sentence: string])[] = [
  ['SQLITE_FULL', 'The disk is full. Nothing was changed; free some space and try again.'],
  ['SQLITE_IOERR', 'The disk failed to write. Nothing was changed; check the disk and try again.'],
  ['SQLITE_READONLY', 'The database cannot be written. Nothing was changed; check the permissions of the data folder.'],
  ['SQLITE_CANTOPEN', 'The database cannot be opened. Check that the data folder (TAFFRAIL_DATA) exists and may be written.'],
  ['SQLITE_BUSY', 'Another process keeps the database. Nothing was changed; try again.'],
  ['SQLITE_LOCKED', 'Another process keeps the database. Nothing was changed; try again.'],
  ['SQLITE_CORRUPT', 'The database file is damaged. Stop the server and restore a backup.'],
  ['SQLITE_NOTADB', 'The database file is not a database. Stop the server and restore a backup.'],
];

/** Runs what touches the disk; its failures become `STORAGE_FAILED` with a sentence, any other error passes. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storageFailure(error) ?? error;
  }
}

/** Does a write that may be late: what the disk refuses now is not worth an outage. Answers whether it was taken. */
export function ifDiskTakes(write: () => void): boolean {
  try {
    write();
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'STORAGE_FAILED') return false;
    throw error;
  }
}

function storageFailure(error: unknown): AppError | undefined {
  const cause = sqliteErrorOf(error);
  const sentence = sentences.find(([code]) => cause?.code.startsWith(code) === true)?.[1];
  return sentence === undefined ? undefined : new AppError('STORAGE_FAILED', sentence, { cause });
}

/** Drizzle wraps the driver's errors. */
function sqliteErrorOf(error: unknown): { readonly code: string } | undefined {
  if (error instanceof Sqlite.SqliteError) return error;
  return error instanceof Error ? sqliteErrorOf(error.cause) : undefined;
}
