import { addDigest, checksumOf, formatLine, type Item, subDigest } from '@taffrail/engine';
import { itemOf, type Sight } from './audience.ts';

export const idOf = ({ sort, key }: Pick<Item, 'sort' | 'key'>): string => `${sort} ${key}`;

/** What the headers of snapshots and patches say of the items that come of them. */
export interface Tally {
  readonly flags: number;
  readonly segments: number;
  readonly checksum: string;
}

/** What a replacement did: the digest that was there before, and the bytes of the line that is there now. */
interface Replaced {
  readonly before: string | undefined;
  readonly bytes: number;
}

/** The current items of an audience, and their sum. */
export interface Holding {
  /** By `sort key`. */
  readonly items: ReadonlyMap<string, Item>;
  /** Puts what is seen now in the place of what was there; undefined if that is the same, byte for byte. */
  replace(sight: Sight): Replaced | undefined;
  /** The same with an item as it came from elsewhere; none: nothing is there any more. */
  put(id: string, item: Item | undefined): Replaced | undefined;
  tally(): Tally;
  /** Always in the same order, however the items came here. */
  lines(): string[];
}

export function createHolding(): Holding {
  const items = new Map<string, Item>();
  const counts: Record<string, number> = { f: 0, s: 0 };
  let checksum = checksumOf([]);

  const count = ({ sort }: Item, by: 1 | -1): void => void (counts[sort] = (counts[sort] ?? 0) + by);

  function put(id: string, after: Item | undefined): Replaced | undefined {
    const before = items.get(id);
    if (before?.json === after?.json) return undefined;
    if (before) {
      checksum = subDigest(checksum, before.digest);
      count(before, -1);
    }
    if (after) {
      checksum = addDigest(checksum, after.digest);
      count(after, 1);
      items.set(id, after);
    } else items.delete(id);
    return { before: before?.digest, bytes: after ? formatLine(after).length : 0 };
  }

  const inOrder = (): Item[] => [...items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);

  return {
    items,
    put,
    replace: (sight) => put(idOf(sight), itemOf(sight)),
    tally: () => ({ flags: counts.f ?? 0, segments: counts.s ?? 0, checksum }),
    lines: () => inOrder().map(formatLine),
  };
}
