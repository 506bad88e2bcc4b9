import { type KeyObject, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { KeyList, Trust } from '@taffrail/shipment/signed';
import { Failure } from './failure.ts';
import { unreadable, unwritable } from './file-failure.ts';

/** A file with one character a byte: what is signed is never decoded. */
export async function readBytes(file: string): Promise<string> {
  return readFile(file, 'latin1').catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error);
  });
}

/** Writes a new file, and never over one that is there. Of a secret only its owner may know. */
export async function writeNew(file: string, text: string, { isSecret = false } = {}): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { encoding: 'latin1', flag: 'wx', mode: isSecret ? 0o600 : 0o644, flush: true });
  } catch (error) {
    const failed = error as NodeJS.ErrnoException;
    if (failed.code !== 'EEXIST') throw unwritable(file, failed);
    throw new Failure('BAD_FILE', `${file} is there already: nothing is written over it.`, error);
  }
}

/** Writes a file in the place of the one that is there: whoever reads it sees the old one or the new one, whole. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.draft`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, text, { encoding: 'latin1', flag: 'wx', mode: 0o644, flush: true });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw unwritable(file, error as NodeJS.ErrnoException);
  }
}

/** The private key of a signer, which only its own user may read. */
export async function readPrivateKey(file: string): Promise<KeyObject> {
  const { mode } = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error);
  });
  if ((mode & openToOthers) !== 0) {
    throw new Failure('BAD_FILE', `${file} is open to others on this machine. Close it: chmod 0400 ${file}`);
  }
  const { privateKeyIn } = await import('@taffrail/shipment/signed');
  const pem = await readBytes(file);
  return judged(file, () => privateKeyIn(pem));
}

/** Others may read or write it, or its group may write it. That a group may read it can be how a service manager hands it over. */
const openToOthers = 0o027;

/** Refuses what is no name of a key. */
export function keyName(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text)) return text;
  throw new Failure('USAGE', `"${text}" is no name of a key.`);
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
      ? new Failure('REFUSED', `${file} is refused (${error.code}): ${sentence(error.message)}`, error)
      : error;
  }
}

/** Some reasons end with a question. */
const sentence = (text: string): string => (text.endsWith('?') ? text : `${text}.`);
