import { add, hexOf } from './digest.ts';
import { formatHeader, formatLine, JSON_AT, readHeader, readItem } from './lines.ts';
import { type Bits64, digestInto } from './murmur3.ts';
import type { Item, Snapshot, SnapshotHeader } from './model.ts';
import { utf8 } from './utf8.ts';

/** One header and one line an item, each ended by a line feed. */
export function formatSnapshot({ header, items }: { readonly header: SnapshotHeader; readonly items: Iterable<Item> }): string {
  let text = `${formatHeader(header)}\n`;
  for (const item of items) text += `${formatLine(item)}\n`;
  return text;
}

/**
 * Reads a snapshot as it was sent: the format, the digests of the header and of every item over the characters as sent,
 * repeated keys, the counts, the checksum. The last line feed may be missing. Items of a sort that this engine does not know
 * are kept, for they count in the checksum. Refuses with a sentence, never with an exception.
 */
export function parseSnapshot(text: string): { snapshot: Snapshot; error?: undefined } | { snapshot?: undefined; error: string } {
  const read = readSnapshot(text);
  return typeof read === 'string' ? { error: `The snapshot was refused: ${read}.` } : { snapshot: read };
}

function readSnapshot(text: string): Snapshot | string {
  const headerEnd = lineEnd(text, 0);
  const header = readHeader(text.slice(0, headerEnd));
  if (typeof header === 'string') return header;
  const sum: Bits64 = { high: 0, low: 0 };
  const items = readItems(text, headerEnd + 1, sum);
  return typeof items === 'string' ? items : (mismatch(header, items, hexOf(sum)) ?? { header, items });
}

/** The items from a place on, their digests added to `sum`; or what is wrong with the first bad line. */
function readItems(text: string, start: number, sum: Bits64): Item[] | string {
  const bytes = utf8(text);
  // Lines are ASCII as a rule, and then as many bytes as characters.
  const bytesIn = (from: number, to: number): number =>
    bytes.byteLength === text.length ? to - from : utf8(text.slice(from, to)).byteLength;
  const items: Item[] = [];
  const digest: Bits64 = { high: 0, low: 0 };
  for (let from = start, byteFrom = bytesIn(0, start); from < text.length;) {
    const to = lineEnd(text, from);
    const byteTo = byteFrom + bytesIn(from, to);
    digestInto(digest, bytes, byteFrom + JSON_AT, byteTo);
    const item = readItem(text, from, to, digest);
    if (typeof item === 'string') return `line ${items.length + 2} ${item}`;
    add(sum, digest);
    items.push(item);
    from = to + 1;
    byteFrom = byteTo + 1;
  }
  return items;
}

function lineEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  return feed < 0 ? text.length : feed;
}

function mismatch(header: SnapshotHeader, items: readonly Item[], checksum: string): string | undefined {
  const keys: Record<string, Set<string>> = { f: new Set(), s: new Set() };
  for (const { sort, key } of items) {
    const known = (keys[sort] ??= new Set());
    if (known.size === known.add(key).size) return `it repeats ${key}`;
  }
  if (keys.f?.size !== header.flags || keys.s?.size !== header.segments) return 'lines are missing or were added';
  return checksum === header.checksum ? undefined : 'the checksum is not the sum of its digests';
}
