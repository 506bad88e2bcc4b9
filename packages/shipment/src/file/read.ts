import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { OVERRIDE_FILE_BYTES } from '../limits.ts';
import { type Stats, refusalOf } from './refusal.ts';

/** What one look at a file came to. `mark` is of one content at one place: the same mark, the same file. */
export type Look =
  | { readonly state: 'read'; readonly mark: string; readonly bytes: Uint8Array }
  | { readonly state: 'same' }
  | { readonly state: 'missing' }
  /** Somebody is writing it: look again. */
  | { readonly state: 'changing'; readonly message: string }
  | { readonly state: 'refused'; readonly mark: string; readonly message: string };

/** Never waits for a writer at the other end, whatever the path turns out to be when it is opened. */
const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const changing: Look = { state: 'changing', message: 'the file changed while it was read: write it anew beside, and rename it' };

/** Reads a file, unless it is the one of the mark. Symbolic links are followed: volumes of configuration are made of them. */
export async function lookAt(file: string, known?: string): Promise<Look> {
  try {
    const stats = await stat(file, { bigint: true });
    const mark = markOf(stats);
    if (mark === known) return { state: 'same' };
    const message = refusalOf(stats, file);
    return message === undefined ? await readAs(mark, file) : { state: 'refused', mark, message };
  } catch (error) {
    return failed(error as NodeJS.ErrnoException, known);
  }
}

const markOf = ({ dev, ino, mode, size, mtimeNs, ctimeNs }: Stats): string => [dev, ino, mode, size, mtimeNs, ctimeNs].join(':');

/** What was opened must be what was looked at, and still be that once it has been read. */
async function readAs(mark: string, file: string): Promise<Look> {
  const handle = await open(file, READ_AT_ONCE);
  try {
    if (markOf(await handle.stat({ bigint: true })) !== mark) return changing;
    const bytes = await readBounded(handle);
    return markOf(await handle.stat({ bigint: true })) === mark ? { state: 'read', mark, bytes } : changing;
  } finally {
    await handle.close();
  }
}

async function readBounded(handle: FileHandle): Promise<Uint8Array> {
  const buffer = new Uint8Array(OVERRIDE_FILE_BYTES);
  for (let filled = 0; ;) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled);
    filled += bytesRead;
    if (bytesRead === 0 || filled === buffer.length) return buffer.subarray(0, filled);
  }
}

const messages: Readonly<Record<string, string>> = {
  EACCES: 'the file cannot be read by this process (EACCES): let its user read it, and enter the folders above it',
  ELOOP: 'the file leads in a circle of symbolic links (ELOOP): point it at a file',
  ENOTDIR: 'the path goes through something that is no folder (ENOTDIR): correct the path',
};

function failed({ code = 'UNKNOWN' }: NodeJS.ErrnoException, known: string | undefined): Look {
  if (code === 'ENOENT') return { state: 'missing' };
  if (code === known) return { state: 'same' };
  return { state: 'refused', mark: code, message: messages[code] ?? `the file cannot be read (${code}): see to it that it can` };
}
