import type { BigIntStats } from 'node:fs';
import { platform } from 'node:os';
import { OVERRIDE_FILE_BYTES } from '../limits.ts';

export type Stats = Pick<BigIntStats, 'dev' | 'ino' | 'mode' | 'size' | 'mtimeNs' | 'ctimeNs' | Kind>;
type Kind = 'isFile' | 'isDirectory' | 'isFIFO' | 'isSocket' | 'isCharacterDevice' | 'isBlockDevice';

const kinds: readonly (readonly [Kind, string])[] = [
  ['isDirectory', 'a folder'],
  ['isFIFO', 'a pipe'],
  ['isSocket', 'a socket'],
  ['isCharacterDevice', 'a device'],
  ['isBlockDevice', 'a device'],
];

const WRITABLE_BY_ALL = 0o002n;
/** There the mode says nothing of other users. */
const HAS_MODES = platform() !== 'win32';

/** Why a file is not even opened, if so. As ssh does with keys, what everybody may write is not trusted. */
export function refusalOf(stats: Stats, file: string): string | undefined {
  const kind = stats.isFile() ? undefined : (kinds.find(([is]) => stats[is]())?.[1] ?? 'something else');
  if (kind !== undefined) return `this is ${kind}, not a file: name the file itself`;
  if (HAS_MODES && (stats.mode & WRITABLE_BY_ALL) !== 0n)
    return `everybody on this machine may write the file: run chmod o-w ${file}`;
  if (stats.size <= OVERRIDE_FILE_BYTES) return undefined;
  return `the file has ${stats.size} bytes, and an override file at most ${OVERRIDE_FILE_BYTES}: is it the right one?`;
}
