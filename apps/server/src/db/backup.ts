import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { fail } from '../changes/app-error.ts';
import { guarded } from './failures.ts';
import { lockFolder } from './lock.ts';

/**
 * Copies a database, whole and at one instant, while a server may be writing to it. `to` must not exist; it appears complete or
 * not at all.
 */
export function copyDatabase(file: string, to: string): void {
  if (!existsSync(file)) fail('NOT_FOUND', `There is no database at ${file}. Say with --data or TAFFRAIL_DATA where it is.`);
  if (existsSync(to)) fail('ALREADY_EXISTS', `${to} exists. Name another file, so that no backup is overwritten.`);
  const unfinished = `${to}.unfinished`;
  rmSync(unfinished, { force: true });
  guarded(() => {
    const source = new Sqlite(file, { readonly: true });
    try {
      source.prepare('VACUUM INTO ?').run(unfinished);
    } finally {
      source.close();
    }
  });
  toDisk(unfinished);
  renameSync(unfinished, to);
}

/**
 * Puts a copy in a database's place; the present database stays beside it, and its path is returned. Refused while a server runs
 * on it. If the copy is older than what was given out, the server draws a new epoch when it next starts, so no SDK keeps what is
 * now undone.
 */
export function restoreDatabase(from: string, file: string, now: Date): string | undefined {
  if (!existsSync(from)) fail('NOT_FOUND', `There is no backup at ${from}.`);
  assertIntact(from);
  const unlock = lockFolder(file);
  try {
    const fresh = `${file}.restoring`;
    copyFileSync(from, fresh);
    toDisk(fresh);
    const aside = existsSync(file) ? setAside(file, now) : undefined;
    renameSync(fresh, file);
    return aside;
  } finally {
    unlock();
  }
}

/** What a killed server left in its log belongs to the file beside it, and must never be replayed onto the copy. */
function setAside(file: string, now: Date): string {
  const aside = `${file}.replaced-${now.toISOString().replaceAll(':', '')}`;
  copyFileSync(file, aside);
  toDisk(aside);
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${aside}-wal`);
  rmSync(`${file}-shm`, { force: true });
  return aside;
}

function assertIntact(file: string): void {
  const isOurs = guarded(() => {
    const copy = new Sqlite(file, { readonly: true });
    try {
      const healthy = copy.pragma('quick_check', { simple: true }) === 'ok';
      return healthy && copy.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'revisions'`).get() !== undefined;
    } catch (error) {
      if (error instanceof Sqlite.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code)) return false;
      throw error;
    } finally {
      copy.close();
    }
  });
  if (!isOurs) fail('INVALID', `${file} is not a whole backup of this server. Nothing was changed.`);
}

function toDisk(file: string): void {
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
