import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** The text of a file, or why there is none. */
export type ReadText =
  | { readonly text: string; readonly why?: undefined; readonly isMissing?: undefined }
  | { readonly text?: undefined; readonly why: string | undefined; readonly isMissing?: boolean };

/** Never a link, never something that has to be waited for. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

let room = Buffer.alloc(0);

/**
 * Reads a file of at most so many bytes, as it is at this moment. What is binary has no text and no reason: nobody expects it to be read.
 * With `latin1`, one character a byte: enough to search for ASCII, and quicker.
 */
export function readText(path: string, mostBytes: number, encoding: 'utf8' | 'latin1' = 'utf8'): ReadText {
  let file: number | undefined;
  try {
    file = openSync(path, flags);
    const stat = fstatSync(file);
    if (!stat.isFile()) return { why: undefined };
    if (stat.size > mostBytes) return { why: tooLarge(stat.size, mostBytes) };
    const length = fill(file, mostBytes);
    if (length > mostBytes) return { why: tooLarge(length, mostBytes) };
    const bytes = room.subarray(0, length);
    if (bytes.subarray(0, 8_192).includes(0)) return { why: undefined };
    return { text: encoding === 'utf8' ? withoutMark(bytes.toString('utf8')) : bytes.toString('latin1') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { why: `It cannot be read (${code}).`, isMissing: code === 'ENOENT' };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** It may have grown since it was asked for its size: one byte more than is wanted tells. */
function fill(file: number, mostBytes: number): number {
  if (room.length < mostBytes + 1) room = Buffer.alloc(mostBytes + 1);
  let length = 0;
  for (let read = 1; read > 0 && length <= mostBytes; length += read) {
    read = readSync(file, room, length, mostBytes + 1 - length, null);
  }
  return length;
}

const tooLarge = (bytes: number, mostBytes: number) =>
  `It has ${Math.round(bytes / 1_000)} kB; the audit reads files of at most ${Math.round(mostBytes / 1_000)} kB.`;

const withoutMark = (text: string) => (text.startsWith('\ufeff') ? text.slice(1) : text);
