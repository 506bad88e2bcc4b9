import { closeSync, constants, fstatSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
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
 * Writes over the file in one piece; what was longer is blanked out. Without `durable` it survives the end of the process, not of
 * the machine. That is enough: a file that is older than the database is harmless, and one that cannot be read counts as none.
 */
export function writeHeads(file: string, heads: Heads, { durable }: { durable: boolean }): void {
  const descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    writeSync(descriptor, JSON.stringify(heads).padEnd(fstatSync(descriptor).size), 0);
    if (durable) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
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

/** How many commits of each scope were given out that the database does not have; only of scopes that miss some. */
export function lostCommits(database: Heads, givenOut: Heads | undefined): Readonly<Record<string, number>> {
  const missing = Object.entries(givenOut?.revisions ?? {}).map(([scope, revision]): [string, number] => [
    scope,
    revision - (database.revisions[scope] ?? 0),
  ]);
  return Object.fromEntries(missing.filter(([, count]) => count > 0));
}

function isHeads(value: unknown): value is Heads {
  const heads = value as Partial<Heads> | null;
  return typeof heads?.epoch === 'string' && typeof heads.revisions === 'object' && heads.revisions !== null;
}
