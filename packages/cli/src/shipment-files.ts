import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { KeyList, Trust } from '@taffrail/shipment/signed';
import { Failure } from './failure.ts';

/** A file with one character a byte: what is signed is never decoded. */
export async function readBytes(file: string): Promise<string> {
  return readFile(file, 'latin1').catch((error: NodeJS.ErrnoException) => {
    throw new Failure('BAD_FILE', `${file} cannot be read (${error.code}).`, error);
  });
}

/** Writes a new file, and never over one that is there. Of a secret only its owner may know. */
export async function writeNew(file: string, text: string, { isSecret = false } = {}): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { encoding: 'latin1', flag: 'wx', mode: isSecret ? 0o600 : 0o644, flush: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EEXIST' ? 'is there already: nothing is written over it' : `cannot be written (${code})`;
    throw new Failure('BAD_FILE', `${file} ${why}.`, error);
  }
}

/** What a product tells its sites to trust. */
export async function readTrust(file: string): Promise<Trust> {
  const { trustIn } = await import('@taffrail/shipment/signed');
  const text = await readBytes(file);
  return judged(file, () => trustIn(text));
}

/** The keys of a vendor, as the root signed them. */
export async function readKeys(file: string, trust: Trust): Promise<KeyList> {
  const { openKeys } = await import('@taffrail/shipment/signed');
  const text = await readBytes(file);
  return judged(file, () => openKeys(text, trust).list);
}

/** Does something with a file; a refusal names the file, its code and what to do. */
export async function judged<T>(file: string, act: () => T | Promise<T>): Promise<T> {
  const { Refused } = await import('@taffrail/shipment/signed');
  try {
    return await act();
  } catch (error) {
    throw error instanceof Refused
      ? new Failure('REFUSED', `${file} is refused (${error.code}): ${error.message}.`, error)
      : error;
  }
}
