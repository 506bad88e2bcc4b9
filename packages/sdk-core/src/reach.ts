import type { FlagSet } from '@taffrail/engine';
import { itemNamed, type Names } from './names.ts';

/** What a condition may refer to beside the context. */
interface Part {
  readonly segment?: unknown;
  readonly flag?: unknown;
  readonly time?: { readonly before?: string | number; readonly after?: string | number };
}

/**
 * The names of all items that a flag's answer may depend on: itself, its prerequisites and segments, and theirs. Read off the
 * documents whatever their form, so that what a newer server means is heard of too; at worst it names too many.
 */
export function reach(set: FlagSet, key: string): Names {
  const names = new Set([`f ${key}`]);
  for (const name of names) {
    for (const { segment, flag } of partsOf(set, name)) {
      if (typeof segment === 'string') names.add(`s ${segment}`);
      if (typeof flag === 'string') names.add(`f ${flag}`);
    }
  }
  return names;
}

/** The moments, in epoch milliseconds, at which an item's `time` conditions change their answers. */
export function boundariesMs(set: FlagSet, name: string): number[] {
  return partsOf(set, name)
    .map(({ time }) => new Date(time?.before ?? time?.after ?? Number.NaN).getTime())
    .filter((ms) => ms > 0);
}

function partsOf(set: FlagSet, name: string): Part[] {
  const { sort, key } = itemNamed(name);
  const document = sort === 'f' ? set.flag(key) : set.segment(key);
  const parts: Part[] = [];
  gather({ ...document, variants: undefined, metadata: undefined }, parts);
  return parts;
}

function gather(json: unknown, parts: Part[]): void {
  if (typeof json !== 'object' || json === null) return;
  parts.push(json);
  for (const part of Object.values(json)) gather(part, parts);
}
