import { readFile } from 'node:fs/promises';
import { unreadable } from './file-failure.ts';
import type { Terminal } from './terminal.ts';

/** A file that the user named; `-` is standard input. */
export async function readText(file: string, terminal: Pick<Terminal, 'readInput'>): Promise<string> {
  if (file === '-') return terminal.readInput();
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error);
  });
}
