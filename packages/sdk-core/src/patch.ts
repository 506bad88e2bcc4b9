import {
  addDigest,
  type Change,
  type FlagSet,
  type Item,
  parseItem,
  type PatchHeader,
  type SnapshotHeader,
  subDigest,
} from '@taffrail/engine';
import type { Laying } from './layer.ts';

/** What a patch makes of a set. */
export interface Patched {
  readonly header: SnapshotHeader;
  readonly change: Change;
}

/** The revision that a patch leads to, read without trusting the rest. */
export interface Patch extends PatchHeader {
  readonly items: readonly Item[];
}

/** Reads a patch's header and items; undefined when a line is not as it was sent. */
export function parsePatch(text: string): Patch | undefined {
  const [first = '', ...lines] = text.split('\n');
  const items = lines.map((line) => parseItem(line).item);
  return items.every((item) => item !== undefined) ? { ...(JSON.parse(first) as PatchHeader), items } : undefined;
}

/** Undefined unless the counts and the checksum of the state after the patch come true. */
export function patched(
  { header: own, item: itemOf }: FlagSet,
  { over, sent }: Laying,
  { to, flags, segments, checksum, del, items }: Patch,
): Patched | undefined {
  const counts: Record<string, number> = { f: own.flags, s: own.segments };
  let sum = own.checksum;
  const count = (item: Item | undefined, by: 1 | -1): void => {
    if (!item) return;
    counts[item.sort] = (counts[item.sort] ?? 0) + by;
    sum = (by > 0 ? addDigest : subDigest)(sum, sent(item).digest);
  };
  const gone = del.map((name) => ({ sort: name.slice(0, 1), key: name.slice(2) }));
  for (const { sort, key } of [...gone, ...items]) count(itemOf(sort, key), -1);
  for (const item of items) count(item, 1);
  if (counts.f !== flags || counts.s !== segments || sum !== checksum) return undefined;
  return { header: { ...own, revision: to, flags, segments, checksum }, change: { set: over(items), del: gone } };
}
