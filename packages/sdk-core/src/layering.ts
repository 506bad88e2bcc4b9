import { type Item, update } from '@taffrail/engine';
import type { Layer, Layered, Layering, LayerSource, RunningLayers } from './layer.ts';

/** Runs a source of layers for one client. An SDK that has none leaves this out of what it loads. */
export function layering(source: LayerSource): Layering {
  /** What the origin sent, of the lines that a layer made. */
  const origins = new WeakMap<Item, Item>();
  const sent = (item: Item): Item => origins.get(item) ?? item;
  let layer: Layer | undefined;
  let running: RunningLayers | undefined;
  let release: (() => void) | undefined;
  let made = '';
  let isClosed = false;

  const over = (items: readonly Item[]): readonly Item[] => items.map(laid);

  function laid(item: Item): Item {
    const above = layer?.flags.has(item.key) && item.sort === 'f' ? layer.lay(item) : item;
    if (above === item) return item;
    origins.set(above, item);
    made += above.json;
    return above;
  }

  /** Only lines that the old or the new layer may change are made anew. */
  function lay(next: Layer, { set: current, changed }: Layered): void {
    const flags = new Set([...(layer?.flags ?? []), ...next.flags]);
    layer = next;
    const set = current();
    if (!set) return;
    const items = [...flags].flatMap((key) => set.item('f', key) ?? []);
    update(set, set.header, { set: over(items.map(sent)), del: [] });
    changed(set);
  }

  return {
    over,
    sent,
    made() {
      const text = made;
      made = '';
      return text;
    },
    begin(client) {
      release = client.hold();
      running = source({ lay: (next) => void (isClosed || lay(next, client)), say: client.say });
      running.loaded.then(release, release);
    },
    saw: (set) => running?.saw(set),
    close() {
      isClosed = true;
      running?.close();
      release?.();
    },
  };
}
