import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../changes/app-error.ts';

/** What is kept here names people and holds the hashes of their passwords: nobody else on the machine may read a folder of ours. */
const ownerOnly = 0o700;

/** Makes the data folder if it is missing. */
export function makeFolder(folder: string): void {
  try {
    make(folder);
  } catch (cause) {
    const sentence = `The data folder ${folder} cannot be made. Give this user write access, or set TAFFRAIL_DATA to another folder.`;
    throw new AppError('STORAGE_FAILED', sentence, { cause });
  }
}

/** One folder after the other: Node.js tries for ever to make one below where none can be, as in /proc. */
function make(folder: string): void {
  if (isFolder(folder)) return;
  make(dirname(folder));
  try {
    mkdirSync(folder, { mode: ownerOnly });
  } catch (error) {
    // Another process may have been quicker.
    if (!isFolder(folder)) throw error;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
