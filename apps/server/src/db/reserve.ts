import { existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What SQLite needs beside a database that it opens, several times over. */
const reserveBytes = 262_144;
/** On a disk that has less left the reserve would only take from the database. */
const plentyBytes = 40 * reserveBytes;

const fileOf = (databaseFile: string): string => join(dirname(databaseFile), 'taffrail.reserve');

/** Keeps some room on the disk taken, to be given back when a server must start on a disk that others have filled. */
export function keepReserve(databaseFile: string): void {
  const file = fileOf(databaseFile);
  if (existsSync(file) || freeBytes(dirname(file)) < plentyBytes) return;
  try {
    writeFileSync(file, Buffer.alloc(reserveBytes, '.'), { mode: 0o600 });
  } catch {
    // A part of it is no reserve.
    rmSync(file, { force: true });
  }
}

/** Gives the room back. False if there was none kept. */
export function spendReserve(databaseFile: string): boolean {
  const file = fileOf(databaseFile);
  if (!existsSync(file)) return false;
  rmSync(file);
  return true;
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
