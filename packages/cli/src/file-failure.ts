import { Failure } from './failure.ts';

/** What is usually the matter with a file, and what to do. */
const unread: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder: name the file itself',
  EACCES: 'you may not: run this as a user that may, or let yourself read it',
};
const unwritten: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a file stands where its folder should be',
  EISDIR: 'it is a folder: name the file itself',
  EACCES: 'you may not: run this as a user that may, or name another place',
  EROFS: 'the volume is read-only: name another place',
  ENOSPC: 'the disk is full',
};

/** A file that the user named, and that could not be read. */
export const unreadable = (file: string, error: NodeJS.ErrnoException): Failure =>
  new Failure('BAD_FILE', `${file} cannot be read${because(unread, error)}.`, error);

/** A file or folder that the user named, and that could not be written. */
export const unwritable = (file: string, error: NodeJS.ErrnoException): Failure =>
  new Failure('BAD_FILE', `${file} cannot be written${because(unwritten, error)}.`, error);

function because(known: Readonly<Record<string, string>>, { code = 'no code' }: NodeJS.ErrnoException): string {
  const why = known[code];
  return why === undefined ? ` (${code})` : `: ${why}`;
}
