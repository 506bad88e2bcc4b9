import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the database has given out: its epoch, and the revision of each scope by `org` or `org/project`. */
export interface Heads {
  readonly epoch: string;
  readonly revisions: Readonly<Record<string, number>>;
}

/** Stands beside the database, so that a database that comes back older than it was is noticed. */
export function headsFile(databaseFile: string): string {
  return join(dirname(databaseFile), 'heads.json');
}

/** Undefined if there is none, or none that can be read: then nothing is known of what was given out. */
export function readHeads(file: string): Heads | undefined {
  try {
    const heads: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isHeads(heads) ? heads : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Replaces the file in one step. Without `durable` it survives the end of the process, not of the machine; then the file may be
 * older than the database, which is harmless: it is written anew when the database is next opened.
 */
export function writeHeads(file: string, heads: Heads, { durable }: { durable: boolean }): void {
  const fresh = `${file}.new`;
  const descriptor = openSync(fresh, 'w', 0o600);
  try {
    writeSync(descriptor, JSON.stringify(heads));
    if (durable) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(fresh, file);
}

/**
 * Whether the numbers of `database` go on from what was given out. If not, revisions given out before could come again with
 * another meaning, so a new epoch must be drawn. A file that is behind the database is no reason: it is written after a commit.
 */
export function continues(database: Heads, givenOut: Heads | undefined): boolean {
  if (givenOut?.epoch !== database.epoch) return false;
  const present = new Map(Object.entries(database.revisions));
  return Object.entries(givenOut.revisions).every(([scope, revision]) => (present.get(scope) ?? 0) >= revision);
}

function isHeads(value: unknown): value is Heads {
  const heads = value as Partial<Heads> | null;
  return typeof heads?.epoch === 'string' && typeof heads.revisions === 'object' && heads.revisions !== null;
}
