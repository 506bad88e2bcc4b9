import { createClient } from '@taffrail/browser';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { stubLocalStorage } from '../../packages/browser/src/local-storage.test-kit.ts';
import { KEY, startWire, switchFlag } from '../../packages/browser/src/wire-server.test-kit.ts';
import { Truth } from '../../packages/sdk-core/src/truth.test-kit.ts';
import { World } from '../../packages/sdk-core/src/world.test-kit.ts';

// What users report of flag SDKs most often. Each of these fails when the guard that it names is taken away.

const SECOND = 1_000;
const HEARTBEATS_MISSED_MS = 45 * SECOND;

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A client that has just connected, in a world where time and network do as they are told. */
function connected() {
  const [world, truth] = [new World(), new Truth()];
  const client = world.client();
  ends.push(() => client.close());
  world.say(['hello', truth.hello()], ['snapshot', truth.snapshot(), 'e1.1']);
  return { world, truth, client };
}

/** Guard: the alarm `silence` of a stream. */
it('a dead stream does not look READY: it is STALE when a beat is late, and made anew', () => {
  const { world, truth, client } = connected();
  const dead = world.last;
  world.clock.advance(HEARTBEATS_MISSED_MS - 1);
  expect([client.state, world.begun.length]).toEqual(['READY', 1]);
  world.clock.advance(1);
  expect([client.state, dead.isOpen]).toEqual(['STALE', false]);
  world.clock.advance(SECOND);
  expect(world.begun.length).toBe(2);
  world.say(['hello', truth.hello()]);
  expect([client.state, client.isEnabled('dark')]).toEqual(['READY', false]);
});

/** Guard: the generation that an exchange must be of to be heard. */
it('a retry does not multiply connections, however often an abandoned one fails again', () => {
  const { world } = connected();
  for (let round = 0; round < 100; round++) {
    const abandoned = world.last;
    world.end();
    for (let echo = 0; echo < 3; echo++) abandoned.on.ended({ reason: 'reset', retryAfterMs: 0 });
    const before = world.begun.length;
    while (world.begun.length === before) world.clock.advance(SECOND);
    abandoned.on.ended({ reason: 'reset', retryAfterMs: 0 });
    // Throws if a second one is open.
    expect([world.open, world.begun.length]).toEqual([world.last, before + 1]);
  }
});

/** Guard: the deadline of `ready`. */
it.each<[string, (world: World) => void]>([
  ['never answers', () => {}],
  ['answers, and then says nothing', (world) => world.last.on.opened()],
  ['fails at once, each time', (world) => world.end()],
])('the start of a client settles though the server %s', async (_, meet) => {
  const world = new World();
  const client = world.client();
  ends.push(() => client.close());
  const states: string[] = [];
  void client.ready().then((state) => states.push(state));
  meet(world);
  world.clock.advance(2 * SECOND);
  await Promise.resolve();
  expect(states).toEqual(['NOT_READY']);
  expect(client.isEnabled('dark')).toBe(false);
});

const forAna = switchFlag('for-ana', false, { pins: [{ kind: 'user', variant: 'yes', keys: ['ana'] }] });
const quiet = { warn() {}, error() {} };

async function startPage() {
  const wire = await startWire([forAna]);
  ends.push(() => wire.stop());
  ends.push(stubLocalStorage());
  const open = (user: string, options: object = {}) => {
    const client = createClient({ url: wire.url, key: KEY, context: { user }, logger: quiet, ...options });
    ends.push(() => client.close());
    return client;
  };
  return { wire, open };
}

/** Guard: the shelf keeps rules, not answers; its name has the server, the key and the environment; lines of another environment are refused. */
describe('a kept state', () => {
  it('of another user answers nothing about that user', async () => {
    const { wire, open } = await startPage();
    const ana = open('ana');
    await ana.ready();
    expect(ana.isEnabled('for-ana')).toBe(true);
    await ana.close();
    wire.obstruct(() => true);
    const bob = open('bob');
    expect(bob.details('for-ana', true)).toMatchObject({ value: false, reason: 'CACHED' });
  });

  it.each<[string, { key?: string; environment?: string; isBrought?: boolean }]>([
    ['key', { key: 'tf_cli_ijklmnop_0123456789' }],
    ['environment', { environment: 'staging' }],
    ['environment, though the program brings it', { environment: 'staging', isBrought: true }],
  ])('of another %s is not begun with', async (_, { isBrought = false, ...options }) => {
    const { wire, open } = await startPage();
    const first = open('ana', { environment: 'production' });
    await first.ready();
    await first.close();
    wire.obstruct(() => true);
    expect(open('ana', { environment: 'production' }).details('for-ana', false)).toMatchObject({ value: true, reason: 'CACHED' });
    expect(
      open('ana', { environment: 'production', ...options, ...(isBrought && { bootstrap: wire.snapshot() }) }).details(
        'for-ana',
        false,
      ),
    ).toMatchObject({
      value: false,
      errorCode: 'PROVIDER_NOT_READY',
    });
  });
});

/** Guard: answers are made when they are asked for, about the context of that moment. */
it('after identify no value is the former user’s, also when lines arrive late', async () => {
  const { wire, open } = await startPage();
  const client = open('ana');
  await client.ready();
  const heard = vi.fn<() => void>();
  client.onChange(() => heard());
  const slow = client.identify({ user: 'bob' });
  expect(client.isEnabled('for-ana')).toBe(false);
  await Promise.all([slow, client.identify({ user: 'ana' }), client.identify({ user: 'bob' })]);
  expect([client.context(), client.isEnabled('for-ana')]).toEqual([{ user: 'bob' }, false]);
  const before = heard.mock.calls.length;
  await wire.edit(switchFlag('another', true));
  await vi.waitFor(() => expect(heard.mock.calls.length).toBeGreaterThan(before), { timeout: 20_000, interval: 10 });
  expect([client.isEnabled('another'), client.isEnabled('for-ana')]).toEqual([true, false]);
});
