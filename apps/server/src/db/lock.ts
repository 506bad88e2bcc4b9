import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { fail } from '../changes/app-error.ts';

/**
 * Keeps a data folder for one server: an exclusive lock by the operating system, which ends with the process however it ends.
 * Returns what gives the folder free.
 */
export function lockFolder(databaseFile: string): () => void {
  const folder = dirname(databaseFile);
  const lock = new Sqlite(join(folder, 'taffrail.lock'), { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!(error instanceof Sqlite.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
    fail('STORAGE_FAILED', `A server is running on ${folder}. Stop it first, or set TAFFRAIL_DATA to another folder.`);
  }
  return () => lock.close();
}
