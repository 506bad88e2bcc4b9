import type { Item } from '@taffrail/engine';
import type { Layer } from './layer.ts';

/** Lays a layer on items, and remembers what the origin sent of them: digests and sums are over that. */
export interface Laying {
  readonly over: (items: readonly Item[]) => readonly Item[];
  readonly sent: (item: Item) => Item;
  /** Lays another layer from now on; the flags whose lines are to be made anew. */
  readonly change: (layer: Layer) => ReadonlySet<string>;
  /** The text of the lines made since it was asked last. */
  readonly made: () => string;
}

export function createLaying(): Laying {
  const origins = new WeakMap<Item, Item>();
  let layer: Layer | undefined;
  let made = '';

  function laid(item: Item): Item {
    const over = layer?.flags.has(item.key) && item.sort === 'f' ? layer.lay(item) : item;
    if (over === item) return item;
    origins.set(over, item);
    made += over.json;
    return over;
  }

  return {
    over: (items) => (layer ? items.map(laid) : items),
    sent: (item) => origins.get(item) ?? item,
    change(next) {
      const flags = new Set([...(layer?.flags ?? []), ...next.flags]);
      layer = next;
      return flags;
    },
    made() {
      const text = made;
      made = '';
      return text;
    },
  };
}
