import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn, NoFile, readWhole, sweep, writeWhole } from './whole-file.ts';

/**
 * Files that are named by a number and never change: of two processes that write at a time, the higher number stands, without a
 * lock.
 */
export interface Numbered {
  readonly folder: string;
  /** The text of one more, which stands elsewhere. */
  readonly beside: string | undefined;
}

const NAME = /^([1-9]\d{0,6})\.json$/;
const pathOf = ({ folder }: Numbered, number: number): string => join(folder, `${number}.json`);

/** What stands under all the numbers, and beside them. What is no file is passed over, as one that is no good. */
export async function readNumbers(files: Numbered): Promise<string[]> {
  const texts = await Promise.all((await numbers(files)).map((number) => readWhole(pathOf(files, number)).catch(passedOver)));
  return [...new Set([...texts, files.beside].flatMap((text) => text ?? []))];
}

function passedOver(error: unknown): undefined {
  if (!(error instanceof NoFile)) throw error;
}

async function numbers({ folder }: Numbered): Promise<number[]> {
  return (await namesIn(folder)).flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number);
}

export const writeNumber = (files: Numbered, number: number, text: string): Promise<void> =>
  writeWhole(pathOf(files, number), text);

/** Removes the files whose numbers are no longer wanted, and what interrupted writes left. */
export async function prune(files: Numbered, isWanted: (number: number) => boolean, nowMs: number): Promise<void> {
  for (const number of await numbers(files)) {
    if (!isWanted(number)) await rm(pathOf(files, number), { force: true, recursive: true });
  }
  await sweep(files.folder, nowMs);
}
