import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname, join } from 'node:path';
import { SHIPMENT_BYTES } from '../limits.ts';

const DRAFT = '.draft-';
/** Longer than any write takes: what is left of one that was interrupted. */
const DRAFT_LEFT_MS = 3_600_000;

/** Writes a file so that at any moment, through kills and lost power, it is as it was or all of the new one. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  const created = await makeFolder(folder);
  const draft = join(folder, DRAFT + randomUUID());
  try {
    await writeThrough(draft, text);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(folder);
  if (created !== undefined) await syncFolder(dirname(created));
}

/** What is signed is no secret: whoever imports it, with whatever mask, the user of the product reads it. */
const FOLDER_MODE = 0o755;
const FILE_MODE = 0o644;

/** Gives the uppermost folder that had to be made. */
async function makeFolder(folder: string): Promise<string | undefined> {
  const created = await mkdir(folder, { recursive: true });
  if (created === undefined) return undefined;
  for (let made = folder; made.startsWith(created); made = dirname(made)) {
    await chmod(made, FOLDER_MODE).catch(withoutModes);
  }
  return created;
}

/** Some volumes have one mode for all of their files. */
const withoutModes = (): void => {};

/** The text is on the disk, not only on its way there, when this resolves. */
async function writeThrough(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', FILE_MODE);
  try {
    await file.chmod(FILE_MODE).catch(withoutModes);
    await file.writeFile(text, 'latin1');
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A name is on the disk once its folder is. Where folders cannot be opened, the system sees to it. */
async function syncFolder(folder: string): Promise<void> {
  if (platform() === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What stands where a file should, and is none that could be any good. */
export class NoFile extends Error {}

/** Never waits for a writer at the other end, whatever the path turns out to be. */
const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** A file's text, one character a byte; undefined if there is none. Throws `NoFile` for a folder, a pipe, or more than any file has. */
export async function readWhole(path: string): Promise<string | undefined> {
  const handle = await open(path, READ_AT_ONCE).catch(absent);
  if (!handle) return undefined;
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new NoFile(`${path} is a folder, a pipe or a device, not a file: put the file there`);
    if (stats.size > SHIPMENT_BYTES) throw new NoFile(`${path} is larger than ${SHIPMENT_BYTES} bytes: put the right file there`);
    return await handle.readFile('latin1');
  } finally {
    await handle.close();
  }
}

/** The names in a folder; none if there is no folder. */
export const namesIn = async (folder: string): Promise<readonly string[]> => (await readdir(folder).catch(absent)) ?? [];

/** Removes what writes left that were interrupted long ago. */
export async function sweep(folder: string, nowMs: number): Promise<void> {
  for (const name of (await namesIn(folder)).filter((one) => one.startsWith(DRAFT))) {
    const path = join(folder, name);
    const stats = await stat(path).catch(absent);
    if (stats && nowMs - stats.mtimeMs > DRAFT_LEFT_MS) await rm(path, { force: true });
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
}
