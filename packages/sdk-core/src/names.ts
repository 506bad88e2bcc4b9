import type { FlagSet, Item, ItemSort } from '@taffrail/engine';

/** Items by their names: `f new-billing`, `s early-adopters`. */
export type Names = ReadonlySet<string>;

export const nameOf = ({ sort, key }: Pick<Item, 'sort' | 'key'>): string => `${sort} ${key}`;

export function itemNamed(name: string): { readonly sort: ItemSort; readonly key: string } {
  const space = name.indexOf(' ');
  return { sort: name.slice(0, space), key: name.slice(space + 1) };
}

/** The names of the items that are not the same in both sets. */
export function differences(before: FlagSet, after: FlagSet): Names {
  return new Set([...notIn(after, before), ...notIn(before, after)]);
}

function* notIn(set: FlagSet, other: FlagSet): Iterable<string> {
  for (const item of set.items()) if (other.item(item.sort, item.key)?.digest !== item.digest) yield nameOf(item);
}
