import {
  addDigest,
  type FlagSet,
  type Item,
  parseItem,
  type PatchHeader,
  type SnapshotHeader,
  subDigest,
} from '@taffrail/engine';
import { itemNamed, nameOf } from './names.ts';

/** A change of state as it came: applied whole or not at all. */
export interface Patch {
  readonly header: PatchHeader;
  readonly items: readonly Item[];
}

/** Reads a patch's header and items; undefined when a line is not as it was sent. */
export function parsePatch(text: string): Patch | undefined {
  const [first = '', ...lines] = text.replace(/\n$/, '').split('\n');
  const header = parseHeader(first);
  const items: Item[] = [];
  for (const line of lines) {
    const { item } = parseItem(line);
    if (!item) return undefined;
    items.push(item);
  }
  return header && { header, items };
}

function parseHeader(line: string): PatchHeader | undefined {
  try {
    const header = JSON.parse(line) as PatchHeader;
    return typeof header.from === 'number' && typeof header.to === 'number' && Array.isArray(header.del) ? header : undefined;
  } catch {
    return undefined;
  }
}

/** The header of the state after the patch; undefined unless its counts and its checksum come true. */
export function headerAfter(
  set: FlagSet,
  { header: { to, flags, segments, checksum, del }, items }: Patch,
): SnapshotHeader | undefined {
  const counts: Record<string, number> = { f: set.header.flags, s: set.header.segments };
  let sum = set.header.checksum;
  const take = (item: Item | undefined, count: 1 | -1): void => {
    if (!item) return;
    counts[item.sort] = (counts[item.sort] ?? 0) + count;
    sum = (count > 0 ? addDigest : subDigest)(sum, item.digest);
  };
  const gone = [...del, ...items.map(nameOf)];
  if (new Set(gone).size < gone.length) return undefined;
  for (const name of gone) {
    const { sort, key } = itemNamed(name);
    take(set.item(sort, key), -1);
  }
  for (const item of items) take(item, 1);
  const comesTrue = counts.f === flags && counts.s === segments && sum === checksum;
  return comesTrue ? { ...set.header, revision: to, flags, segments, checksum } : undefined;
}
