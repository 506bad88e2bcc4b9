import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Shelf } from '@taffrail/sdk-core';
import type { Address } from './options.ts';

/** Only the user who runs the process may read what is kept. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** Keeps the last good state in one file, which is at any time the whole of one state. Where nothing can be written it keeps nothing. */
export function fileShelf(folder: string, name: string): Shelf {
  const path = join(folder, name);
  return {
    read() {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return undefined;
      }
    },
    async write(text) {
      const draft = `${path}.${randomUUID()}`;
      try {
        await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
        await writeThrough(draft, text);
        await rename(draft, path);
      } catch {
        await rm(draft, { force: true }).catch(() => {});
      }
    },
  };
}

/** The text is on the disk, not only on its way there, when this resolves. */
async function writeThrough(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', FILE_MODE);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Differs for every server, key and environment, so that no client ever reads the state of another. */
export function shelfName({ url, key }: Address, environment = ''): string {
  const keyId = key.slice(0, key.lastIndexOf('_'));
  return `${createHash('sha256')
    .update(JSON.stringify([url, keyId, environment]))
    .digest('hex')}.snapshot`;
}

export const homeCache = (): string => join(homedir(), '.cache', 'taffrail');
