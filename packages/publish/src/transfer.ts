import { formatLine, type Item, parseItem } from '@taffrail/engine';
import type { Tally } from './holding.ts';
import type { Step } from './patch-ring.ts';
import type { Standpoint } from './standpoint.ts';

/**
 * What brings a copy of a feed to a head: the changes one by one, so that the copy remembers what the feed remembers, and the
 * items that they touched as they are at the head. Whoever has none of them is gone.
 */
export interface Transfer extends Standpoint, Tally {
  /** The head of the copies that it is for; undefined: it holds the whole feed, and is for any. */
  readonly from: number | undefined;
  readonly steps: readonly Step[];
  readonly items: readonly Item[];
}

interface Header extends Omit<Transfer, 'items' | 'steps'> {
  readonly steps: readonly (readonly [
    from: number,
    bytes: number,
    before: readonly (readonly [id: string, digest?: string])[],
  ])[];
}

/** A transfer as text: a header, then a line for each item. */
export function formatTransfer({ items, steps, ...rest }: Transfer): string {
  const header: Header = {
    ...rest,
    steps: steps.map(({ from, bytes, before }) => [
      from,
      bytes,
      Array.from(before, ([id, digest]) => (digest === undefined ? [id] : [id, digest])),
    ]),
  };
  return [JSON.stringify(header), ...items.map(formatLine)].join('\n');
}

/** Reads a transfer; undefined if one of its lines is not as it was sent. */
export function parseTransfer(text: string): Transfer | undefined {
  const [first = '', ...lines] = text.split('\n');
  const items = lines.map((line) => parseItem(line).item);
  const header = readHeader(first);
  return header && items.every((item) => item !== undefined) ? { ...header, items } : undefined;
}

function readHeader(line: string): Omit<Transfer, 'items'> | undefined {
  try {
    const { steps, from, ...rest } = JSON.parse(line) as Header;
    return { ...rest, from, steps: steps.map(([head, bytes, before]) => ({ from: head, bytes, before: beforeOf(before) })) };
  } catch {
    return undefined;
  }
}

const beforeOf = (pairs: Header['steps'][number][2]) => new Map(pairs.map(([id, digest]) => [id, digest] as const));
