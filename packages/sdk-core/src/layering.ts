import { type FlagSet, type Item, update } from '@taffrail/engine';
import type { Layer, Layered, Layering, LayerSource, RunningLayers } from './layer.ts';

/** Runs a source of layers for one client. What an SDK that has none loads is without it. */
export function layering(source: LayerSource): Layering {
  return new ClientLayering(source);
}

class ClientLayering implements Layering {
  readonly #source: LayerSource;
  /** What the origin sent, of the lines that a layer made. */
  readonly #origins = new WeakMap<Item, Item>();
  #layer: Layer | undefined;
  #made = '';
  #running: RunningLayers | undefined;
  #release: (() => void) | undefined;
  #isClosed = false;

  constructor(source: LayerSource) {
    this.#source = source;
  }

  begin(client: Layered): void {
    const release = client.hold();
    this.#release = release;
    this.#running = this.#source({ lay: (layer) => this.#lay(layer, client), say: client.say });
    this.#running.loaded.then(release, release);
  }

  over = (items: readonly Item[]): readonly Item[] => items.map((item) => this.#above(item));

  sent = (item: Item): Item => this.#origins.get(item) ?? item;

  saw(set: FlagSet): string {
    const made = this.#made;
    this.#made = '';
    this.#running?.saw(set);
    return made;
  }

  close(): void {
    this.#isClosed = true;
    this.#running?.close();
    this.#release?.();
  }

  #above(item: Item): Item {
    const layer = this.#layer;
    const above = layer && item.sort === 'f' && layer.flags.has(item.key) ? layer.lay(item) : item;
    if (above === item) return item;
    this.#origins.set(above, item);
    this.#made += above.json;
    return above;
  }

  /** Only lines that the old or the new layer may change are made anew. */
  #lay(layer: Layer, client: Layered): void {
    if (this.#isClosed) return;
    const flags = new Set([...(this.#layer?.flags ?? []), ...layer.flags]);
    this.#layer = layer;
    const set = client.set();
    if (!set) return;
    const items = [...flags].flatMap((key) => set.item('f', key) ?? []);
    update(set, set.header, { set: this.over(items.map(this.sent)), del: [] });
    client.changed(set);
  }
}
