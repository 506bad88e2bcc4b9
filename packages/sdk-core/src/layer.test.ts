import { coreRows, type Flag, formatItem, type Item } from '@taffrail/engine';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Client } from './client.ts';
import type { Layer, LayerSink, LayerSource } from './layer.ts';
import { layering } from './layering.ts';
import { createStore } from './store.ts';
import { switchFlag, Truth } from './truth.test-kit.ts';
import { World } from './world.test-kit.ts';

/** Serves the variant in the place of these flags. */
function layerOf(variant: string, keys: readonly string[], until?: number): Layer {
  const when = until === undefined ? {} : { when: { time: { before: until } } };
  const override = { ...when, variant, reason: 'STATIC', metadata: { layer: 'override', source: 'a.yaml:3' } } as const;
  const overridden = (flag: Flag): Flag => ({ ...flag, overrides: [override] });
  const lay = ({ sort, json }: Item): Item => formatItem(sort, overridden(JSON.parse(json) as Flag));
  return { flags: new Set(keys), lay };
}

/** A source of layers whose file the test writes. */
function hand() {
  const loading = new EventTarget();
  const loaded = new Promise((resolve) => loading.addEventListener('loaded', resolve));
  const seen: number[] = [];
  let sink: LayerSink | undefined;
  let isClosed = false;
  const source: LayerSource = (on) => {
    sink = on;
    return { loaded, saw: ({ header }) => seen.push(header.revision), close: () => (isClosed = true) };
  };
  return {
    source,
    load: () => loading.dispatchEvent(new Event('loaded')),
    seen,
    lay: (layer: Layer) => sink?.lay(layer),
    isClosed: () => isClosed,
  };
}

let world = new World();
const clients: Client[] = [];

function live(truth: Truth, layers: LayerSource): Client {
  const client = world.client({ layering: layering(layers) });
  clients.push(client);
  world.say(['hello', truth.hello()], ['snapshot', truth.snapshot()]);
  return client;
}

const change = (truth: Truth, edit: Parameters<Truth['edit']>[0]): void => {
  const from = truth.revision;
  world.last.on.received('patch', ...truth.edit(edit).patch(from));
};

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  world.expectNothingLeft();
  world = new World();
});

describe('a layer', () => {
  it('stands between the lines and the answers, before and after each change of the line', () => {
    const file = hand();
    const truth = new Truth();
    const client = live(truth, file.source);
    file.lay(layerOf('yes', ['dark']));
    expect(client.details('dark', false)).toMatchObject({
      value: true,
      reason: 'STATIC',
      flagMetadata: { layer: 'override', source: 'a.yaml:3', revision: 1, environment: 'production' },
    });
    change(truth, { put: [switchFlag('dark', false, { on: false })] });
    expect(client.isEnabled('dark')).toBe(true);
    expect(client.details('dark', false).flagMetadata.revision).toBe(2);
    expect(client.state).toBe('READY');
  });

  it('that is taken off leaves the newest line', () => {
    const file = hand();
    const truth = new Truth();
    const client = live(truth, file.source);
    file.lay(layerOf('no', ['dark']));
    change(truth, { put: [switchFlag('dark', true)] });
    expect(client.isEnabled('dark')).toBe(false);
    file.lay(layerOf('no', []));
    expect(client.details('dark', false)).toMatchObject({ value: true, flagMetadata: { layer: 'environment' } });
  });

  it('is not on what is kept for the next process, nor in what the server checks', async () => {
    const file = hand();
    const truth = new Truth();
    const client = live(truth, file.source);
    file.lay(layerOf('yes', ['dark']));
    change(truth, { put: [switchFlag('other', true)] });
    world.last.on.received('beat', truth.beat());
    world.clock.advance(2_000);
    await Promise.resolve();
    expect(world.shelf.kept).toBe(truth.snapshot());
    expect(client.state).toBe('READY');
    expect(world.begun).toHaveLength(1);
  });

  it('does not make a kept state look like the origin’s own', () => {
    world.shelf.kept = new Truth().snapshot();
    const file = hand();
    const client = world.client({ layering: layering(file.source) });
    clients.push(client);
    file.lay(layerOf('yes', ['dark']));
    expect([client.state, client.details('dark', false).reason]).toEqual(['STALE', 'CACHED']);
  });

  it('tells the listeners of the flags that it changes, and no others', () => {
    const file = hand();
    const client = live(new Truth([switchFlag('dark', false), switchFlag('other', false)]), file.source);
    const heard: string[] = [];
    client.onChange('dark', () => heard.push('dark'));
    client.onChange('other', () => heard.push('other'));
    file.lay(layerOf('yes', ['dark']));
    expect(heard).toEqual(['dark']);
    file.lay(layerOf('yes', ['dark']));
    expect(heard).toEqual(['dark']);
  });

  it('ends at a moment by itself, and tells the listeners', () => {
    const file = hand();
    const client = live(new Truth(), file.source);
    let heard = 0;
    client.onChange('dark', () => heard++);
    file.lay(layerOf('yes', ['dark'], world.clock.nowMs() + 90_000));
    expect([client.isEnabled('dark'), heard]).toEqual([true, 1]);
    world.clock.advance(90_000);
    expect([client.isEnabled('dark'), heard]).toEqual([false, 2]);
  });

  it('sees every state', () => {
    const file = hand();
    const truth = new Truth();
    live(truth, file.source);
    change(truth, { put: [switchFlag('other', true)] });
    file.lay(layerOf('yes', ['dark']));
    expect(file.seen).toEqual([1, 2, 2]);
  });

  it('that comes after the client was closed is not laid', async () => {
    const file = hand();
    const client = live(new Truth(), file.source);
    await client.close();
    file.lay(layerOf('yes', ['dark']));
    expect([client.isEnabled('dark'), file.isClosed()]).toEqual([false, true]);
  });
});

describe('ready', () => {
  it('waits for the first layer', async () => {
    const file = hand();
    const client = live(new Truth(), file.source);
    let state: string | undefined;
    const ready = client.ready().then((resolved) => (state = resolved));
    await Promise.resolve();
    expect(state).toBeUndefined();
    file.load();
    expect(await ready).toBe('READY');
  });

  it('does not wait for a layer that never comes, nor for one of a closed client', async () => {
    const file = hand();
    const client = live(new Truth(), file.source);
    const ready = client.ready();
    world.clock.advance(2_000);
    expect(await ready).toBe('READY');
    const late = client.ready();
    await client.close();
    expect(await late).toBe('NOT_READY');
  });
});

/** Commits of one to two edits each: what is put, or deleted. */
const flagKey = fc.constantFrom('a', 'b', 'c', 'd');
const edit = fc.record({
  put: fc.uniqueArray(
    fc.record({ key: flagKey, isOn: fc.boolean() }).map(({ key, isOn }) => switchFlag(key, isOn)),
    { selector: ({ key }) => key, maxLength: 2 },
  ),
  del: fc.array(
    flagKey.map((key) => `f ${key}`),
    { maxLength: 1 },
  ),
});
const step = fc.oneof(edit, fc.record({ keys: fc.array(flagKey, { maxLength: 3 }), variant: fc.constantFrom('yes', 'no') }));

function storeWithLayers() {
  const file = hand();
  const layers = layering(file.source);
  const store = createStore(coreRows, () => {}, undefined, layers);
  layers.begin({ set: store.set, changed: () => {}, hold: () => () => {}, say: () => {} });
  return { store, lay: file.lay };
}

function patchOf(truth: Truth, { put, del }: { readonly put: readonly Flag[]; readonly del: readonly string[] }) {
  const from = truth.revision;
  const kept = put.filter(({ key }) => !del.includes(`f ${key}`));
  return truth.edit({ put: kept, del: del.filter((name) => truth.items.has(name)) }).patch(from);
}

it('makes of patches what it makes of a snapshot, in whatever order patches and layers come', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const truth = new Truth([switchFlag('a', true), switchFlag('b', false)]);
      const { store: followed, lay } = storeWithLayers();
      followed.take(truth.snapshot());
      let layer = layerOf('yes', []);
      for (const taken of steps) {
        if ('keys' in taken) lay((layer = layerOf(taken.variant, taken.keys)));
        else followed.take(...patchOf(truth, taken));
      }
      expect(followed.identity()?.revision).toBe(truth.revision);
      const { store: fresh, lay: layFresh } = storeWithLayers();
      layFresh(layer);
      fresh.take(truth.snapshot());
      const linesOf = (store: typeof fresh) => [...(store.set()?.items() ?? [])].map(({ json }) => json).sort();
      expect(linesOf(followed)).toEqual(linesOf(fresh));
      expect(followed.identity()).toEqual(fresh.identity());
      expect(followed.text()?.split('\n').sort()).toEqual(truth.snapshot().split('\n').sort());
    }),
  );
});
