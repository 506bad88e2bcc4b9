import { mkdirSync } from 'node:fs';
import { AppError } from '../changes/app-error.ts';

/** What is kept here names people and holds the hashes of their passwords: nobody else on the machine may read a folder of ours. */
const ownerOnly = 0o700;

/** Makes the data folder if it is missing. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: ownerOnly });
  } catch (cause) {
    const sentence = `The data folder ${folder} cannot be made. Give this user write access, or set TAFFRAIL_DATA to another folder.`;
    throw new AppError('STORAGE_FAILED', sentence, { cause });
  }
}
