import {
  checksumOf,
  type Flag,
  FORMAT,
  formatItem,
  formatSnapshot,
  type Item,
  parseSnapshot,
  type Segment,
} from '@taffrail/engine';
import { sorted } from './sorted.ts';

/** What a snapshot of a shipment says of itself. */
interface Origin {
  readonly release: string;
  readonly revision: number;
}

/** Flags and segments as a snapshot's text, ordered by key: the same ones give the same text. */
export function snapshotText(origin: Origin, flags: Iterable<Flag>, segments: Iterable<Segment>): string {
  return textOf(origin, [...itemsOf('f', flags), ...itemsOf('s', segments)]);
}

/** The same lines under another origin. */
export const reissued = (snapshot: string, origin: Origin): string => textOf(origin, itemsIn(snapshot));

/** The lines of a shipment's snapshot. Throws if they are damaged: a verified shipment's are not. */
export function itemsIn(snapshot: string): readonly Item[] {
  const parsed = parseSnapshot(snapshot);
  if (!parsed.snapshot) throw new Error(parsed.error);
  return parsed.snapshot.items;
}

function itemsOf(sort: 'f' | 's', documents: Iterable<Flag | Segment>): Item[] {
  return [...documents]
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map((document) => formatItem(sort, sorted(document)));
}

function textOf(origin: Origin, items: readonly Item[]): string {
  const count = (sort: string): number => items.filter((item) => item.sort === sort).length;
  const header = {
    format: FORMAT,
    origin,
    audience: 'server',
    epoch: origin.release,
    revision: origin.revision,
    flags: count('f'),
    segments: count('s'),
    checksum: checksumOf(items),
  } as const;
  return formatSnapshot({ header, items });
}
