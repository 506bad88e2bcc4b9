import { afterEach, describe, expect, it } from 'vitest';
import type { Client } from './client.ts';
import type { Ending } from './platform.ts';
import { switchFlag, Truth } from './truth.test-kit.ts';
import { World } from './world.test-kit.ts';

const SECOND = 1_000;
const MINUTE = 60_000;

let world: World;
let truth: Truth;
let client: Client;

/** A client that has just connected, with `dark` off. */
function live(): void {
  start();
  world.say(['hello', truth.hello()], ['snapshot', truth.snapshot(), 'e1.1']);
}

function start(): void {
  world = new World();
  truth = new Truth();
  client = world.client();
}

/** The gap between the exchange that ends now and the next. */
function gapAfter(ending: Ending = { reason: 'reset' }): number {
  const [before, endedMs] = [world.begun.length, world.clock.ticksMs];
  world.end(ending);
  while (world.begun.length === before) world.clock.advance(100);
  return world.last.atMs - endedMs;
}

/** Lets streams fail until a poll takes their place. */
function fallBack(): void {
  while (world.last.kind === 'stream') gapAfter();
}

/** The server sends the next patch, disturbed; what it says afterwards is still what it said before. */
function patch(disturb: (patch: [string, string]) => [string, string | undefined]): void {
  truth.edit({ put: [switchFlag('dark', true)] });
  const [text, id] = disturb(truth.patch(1));
  truth.revision = 1;
  world.last.on.received('patch', text, id);
}

const flipped = (text: string): string => text.replace('"key"', '"kex"');

function sayAs(other: Truth, more: Partial<Truth>): void {
  Object.assign(other, more);
  world.say(['snapshot', other.snapshot()]);
}

afterEach(async () => {
  await client.close();
  world.expectNothingLeft();
});

describe('the state', () => {
  it.each<[string, number, string]>([
    ['READY while beats come', 44 * SECOND, 'READY'],
    ['STALE as soon as a beat is late by 45 s', 45 * SECOND, 'STALE'],
  ])('is %s', (_, silenceMs, state) => {
    live();
    world.say(['beat', truth.beat()]);
    world.clock.advance(silenceMs);
    expect(client.state).toBe(state);
  });

  it.each<[string, number, string]>([
    ['READY while a lost connection may come back', 9 * SECOND, 'READY'],
    ['STALE when it has been lost for 10 s', 10 * SECOND, 'STALE'],
  ])('is %s', (_, lostMs, state) => {
    live();
    world.end();
    world.chance = 1;
    let untilMs = lostMs;
    while (untilMs > 0) {
      world.clock.advance(500);
      untilMs -= 500;
      if (world.open) world.end();
    }
    expect(client.state).toBe(state);
  });

  it('is STALE with the same values and READY again after the next hello, without another snapshot', () => {
    live();
    world.end();
    world.clock.advance(11 * SECOND);
    expect(client.state).toBe('STALE');
    expect(client.details('dark', true)).toMatchObject({ value: false, reason: 'STALE', flagMetadata: { reason: 'STATIC' } });

    world.say(['hello', truth.hello()]);
    expect(client.state).toBe('READY');
    expect(client.details('dark', true)).toMatchObject({ value: false, reason: 'STATIC' });
  });

  it('is ERROR when nothing has ever come for 10 s, and says so once', () => {
    start();
    gapAfter();
    world.clock.advance(10 * SECOND);
    expect(client.state).toBe('ERROR');
    world.clock.advance(MINUTE);
    expect(world.begun.length).toBeGreaterThan(3);
    expect(world.said).toEqual([expect.stringContaining('code defaults')]);
  });

  it.each([
    [5 * SECOND, 15 * SECOND],
    [0, 3 * SECOND],
    [-SECOND, 3 * SECOND],
    [60 * MINUTE, 15 * MINUTE],
  ])('takes a beat to be late by the heartbeat that the server announced, within reason: %d ms', (heartbeatMs, lateMs) => {
    start();
    world.say(['hello', truth.hello({ heartbeatMs })], ['snapshot', truth.snapshot(), 'e1.1'], ['beat', truth.beat()]);
    world.clock.advance(lateMs - 1);
    expect(client.state).toBe('READY');
    world.clock.advance(1);
    expect(client.state).toBe('STALE');
  });
});

describe('the next attempt', () => {
  it('comes after 1 s doubling to 30 s, drawn from the upper half of it', () => {
    live();
    expect([gapAfter(), gapAfter(), gapAfter(), gapAfter(), gapAfter()]).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
    world.chance = 0;
    live();
    world.chance = 0;
    expect([gapAfter(), gapAfter(), gapAfter()]).toEqual([500, 1_000, 2_000]);
  });

  it.each<[string, number, number]>([
    ['starts over with 1 s after 60 s of health', 60, 1_000],
    ['goes on doubling after 59 s of health', 59, 8_000],
  ])('%s', (_, healthySeconds, gapMs) => {
    live();
    gapAfter();
    gapAfter();
    gapAfter();
    world.say(['hello', truth.hello()]);
    for (let second = 0; second < healthySeconds; second++) {
      world.clock.advance(SECOND);
      world.last.on.received('beat', truth.beat());
    }
    expect(gapAfter()).toBe(gapMs);
  });

  it.each<[string, Ending, number]>([
    ['waits as long as Retry-After says', { status: 503, retryAfterMs: 7_000 }, 7_000],
    ['waits 5 min at the most', { status: 503, retryAfterMs: 3_600_000 }, 5 * MINUTE],
    ['waits as long as a refusal’s Retry-After says', { status: 401, retryAfterMs: 9_000 }, 9_000],
    ['does not believe a Retry-After below zero', { status: 429, retryAfterMs: -1 }, 1_000],
    ['waits 5 min after 401, at the most', { status: 401 }, 5 * MINUTE],
    ['waits 5 min after 403, at the most', { status: 403 }, 5 * MINUTE],
    ['waits 5 min after 404, at the most', { status: 404 }, 5 * MINUTE],
    ['takes any other status for a failure', { status: 500 }, 1_000],
    ['takes a stream that ends by itself for a failure', { status: 200 }, 1_000],
  ])('%s', (_, ending, gapMs) => {
    live();
    expect(gapAfter(ending)).toBe(gapMs);
  });

  it('waits 2.5 min after a refusal, at the least', () => {
    live();
    world.chance = 0;
    expect(gapAfter({ status: 401 })).toBe(2.5 * MINUTE);
  });

  it('waits as long as a goodbye says', () => {
    live();
    world.last.on.received('goodbye', '{"reason":"draining","reconnectInMs":3000,"fatal":false}');
    expect(world.open).toBeUndefined();
    world.clock.advance(2_999);
    expect(world.begun).toHaveLength(1);
    world.clock.advance(1);
    expect(world.begun).toHaveLength(2);
  });

  it.each<[string, number]>([
    ['5 s for an answer', 5 * SECOND],
    ['10 s for the first event', 10 * SECOND],
  ])('follows a stream that was given %s', (_, patienceMs) => {
    start();
    if (patienceMs > 5 * SECOND) world.last.on.opened();
    world.clock.advance(patienceMs - 1);
    expect(world.open).toBeDefined();
    world.clock.advance(1);
    expect(world.open).toBeUndefined();
  });
});

describe('a refused key', () => {
  it.each<[string, () => void]>([
    ['401', () => world.end({ status: 401 })],
    ['403', () => world.end({ status: 403 })],
    ['404', () => world.end({ status: 404 })],
    ['a fatal goodbye', () => world.last.on.received('goodbye', '{"reason":"revoked","fatal":true}')],
  ])('is ERROR with one message, keeps the values, and recovers when it becomes valid: %s', (_, refuse) => {
    live();
    refuse();
    expect(client.state).toBe('ERROR');
    expect(client.value('dark', true)).toBe(false);
    for (let attempts = 0; attempts < 3; attempts++) {
      world.clock.advance(5 * MINUTE);
      world.end({ status: 401 });
    }
    expect(world.said).toEqual([expect.stringMatching(/^error: .*check key and url/)]);

    world.clock.advance(5 * MINUTE);
    world.say(['hello', truth.hello()]);
    expect(client.state).toBe('READY');
    expect(world.last.kind).toBe('stream');
  });

  it('is tried by a stream each time, for it says nothing against streams', () => {
    live();
    world.chance = 0;
    for (let attempts = 0; attempts < 3; attempts++) {
      gapAfter({ status: 401 });
      expect(world.last.kind).toBe('stream');
    }
  });

  it('stays ERROR while the network is down too', () => {
    live();
    world.end({ status: 401 });
    world.clock.advance(5 * MINUTE);
    world.end({ reason: 'reset' });
    world.clock.advance(MINUTE);
    expect(client.state).toBe('ERROR');
  });
});

describe('polls', () => {
  it('take the place of a stream that has failed for 60 s, and make the client READY', () => {
    live();
    fallBack();
    expect(world.clock.ticksMs).toBeGreaterThanOrEqual(MINUTE);
    expect(client.state).toBe('STALE');
    truth.edit({ put: [switchFlag('dark', true)] });
    world.say(['snapshot', truth.snapshot()]);
    world.end({ status: 200, etag: '"e1.2"' });
    expect(client.state).toBe('READY');
    expect(client.isEnabled('dark')).toBe(true);
  });

  it.each([
    [0, 24_000],
    [1, 36_000],
  ])('come every 30 s, give or take a fifth (chance %d)', (chance, gapMs) => {
    live();
    fallBack();
    world.chance = chance;
    expect(gapAfter({ status: 304 })).toBe(gapMs);
    expect(world.last.kind).toBe('poll');
  });

  it('send the entity tag of what they brought, and stay READY on 304', () => {
    live();
    fallBack();
    world.say(['snapshot', truth.snapshot()]);
    gapAfter({ status: 200, etag: '"e1.1-server-1"' });
    expect(world.last.from.etag).toBe('"e1.1-server-1"');
    gapAfter({ status: 304 });
    expect(client.state).toBe('READY');
    expect(world.last.from.etag).toBe('"e1.1-server-1"');
  });

  it('that bring nothing, and never have, are failures', () => {
    start();
    gapAfter();
    world.end({ status: 304 });
    world.clock.advance(10 * SECOND);
    expect(client.state).toBe('ERROR');
  });

  it('are given 10 s', () => {
    live();
    fallBack();
    world.clock.advance(10 * SECOND - 1);
    expect(world.open?.kind).toBe('poll');
    world.clock.advance(1);
    expect(world.open).toBeUndefined();
  });

  it('that fail leave the values as they are: STALE', () => {
    live();
    fallBack();
    gapAfter({ status: 304 });
    gapAfter({ status: 500 });
    world.clock.advance(10 * SECOND);
    expect(client.state).toBe('STALE');
    expect(client.value('dark', true)).toBe(false);
  });

  it('make way for a stream every 5 min, and go on at once if it fails', () => {
    live();
    fallBack();
    const fellBackMs = world.clock.ticksMs;
    while (world.last.kind === 'poll') gapAfter({ status: 304 });
    expect(world.clock.ticksMs - fellBackMs).toBeGreaterThan(4 * MINUTE);
    expect(world.clock.ticksMs - fellBackMs).toBeLessThan(6 * MINUTE);
    expect(gapAfter()).toBeLessThanOrEqual(100);
    expect(world.last.kind).toBe('poll');
    gapAfter({ status: 304 });
    expect(client.state).toBe('READY');
  });

  it('make way for a stream every 5 min also while they fail', () => {
    live();
    fallBack();
    const fellBackMs = world.clock.ticksMs;
    while (world.last.kind === 'poll') gapAfter({ status: 500 });
    expect(world.clock.ticksMs - fellBackMs).toBeLessThan(6 * MINUTE);
  });

  it('end when the stream lives again', () => {
    live();
    fallBack();
    while (world.last.kind === 'poll') gapAfter({ status: 304 });
    world.say(['hello', truth.hello()]);
    world.clock.advance(40 * SECOND);
    expect(world.last.kind).toBe('stream');
    expect(world.open).toBeDefined();
  });

  it('come to the aid of a client that has no state after its first stream has failed', () => {
    start();
    gapAfter();
    expect(world.last.kind).toBe('poll');
    world.say(['snapshot', truth.snapshot()]);
    world.end({ status: 200 });
    expect(client.state).toBe('READY');
    world.clock.advance(40 * SECOND);
    expect(world.last.kind).toBe('stream');
  });
});

describe('one exchange', () => {
  it('is open at any time, over 1,000 failures of every sort', () => {
    live();
    const endings: readonly Ending[] = [
      {},
      { status: 503, retryAfterMs: 100 },
      { status: 401 },
      { status: 304 },
      { status: 200 },
    ];
    for (let failure = 0; failure < 1_000; failure++) {
      gapAfter(endings[failure % endings.length]);
      expect(world.open).toBe(world.last);
      expect(world.clock.timers.size).toBe(1);
    }
  });

  it('is not disturbed by what an abandoned one still says', () => {
    live();
    const abandoned = world.last;
    gapAfter();
    world.say(['hello', truth.hello()]);
    abandoned.on.received('goodbye', '{"fatal":true}');
    abandoned.on.received('snapshot', new Truth([switchFlag('dark', true)]).edit({}).snapshot());
    abandoned.on.opened();
    abandoned.on.ended({ status: 401 });
    expect(client.state).toBe('READY');
    expect(client.value('dark', true)).toBe(false);
    expect(world.open).toBe(world.last);
  });

  it('starts from the state at hand', () => {
    live();
    gapAfter();
    expect(world.last.from.position).toBe('e1.1');
  });
});

describe('doubt', () => {
  it.each<[string, () => void]>([
    [
      'a snapshot with another digest',
      () => world.say(['snapshot', flipped(truth.edit({ put: [switchFlag('dark', true)] }).snapshot()), 'e1.2']),
    ],
    ['a patch with another digest', () => patch(([text, id]) => [flipped(text), id])],
    ['a patch that does not follow', () => patch(([text, id]) => [text.replace('"from":1', '"from":0'), id])],
    ['a patch that does not sum', () => patch(([text, id]) => [text.replace(/"checksum":"\w/, '"checksum":"_'), id])],
    ['a patch with another count', () => patch(([text, id]) => [text.replace('"flags":1', '"flags":2'), id])],
    ['a patch to another revision than its id', () => patch(([text]) => [text, 'e1.9'])],
    ['a patch of another epoch', () => patch(([text]) => [text, 'e2.2'])],
    ['a patch without an id', () => patch(([text]) => [text, undefined])],
    ['a patch that is not JSON', () => patch(([, id]) => ['{', id])],
    ['a beat with a later head', () => world.say(['beat', truth.beat({ head: 2 })])],
    ['a beat with another checksum', () => world.say(['beat', truth.beat({ checksum: 'ffffffffffffffff' })])],
    ['a beat that is not JSON', () => world.say(['beat', 'beat'])],
  ])('keeps the last good state and asks for a snapshot: %s', (_, disturb) => {
    live();
    disturb();
    expect(client.value('dark', true)).toBe(false);
    expect(world.open).toBeUndefined();
    world.clock.advance(SECOND);
    expect(world.last.from).toEqual({});

    truth.edit({ put: [switchFlag('dark', true)] });
    world.say(['hello', truth.hello()], ['snapshot', truth.snapshot(), 'e1.9']);
    expect(client.value('dark', false)).toBe(true);
    expect(client.state).toBe('READY');
    gapAfter();
    expect(world.last.from.position).toBeDefined();
  });

  it('takes the server’s word for a revision that sums differently there', () => {
    live();
    const other = new Truth([switchFlag('dark', true)]);
    world.say(['beat', other.beat()]);
    world.clock.advance(SECOND);
    world.say(['hello', other.hello()], ['snapshot', other.snapshot(), 'e1.1'], ['beat', other.beat()]);
    expect(client.value('dark', false)).toBe(true);
    world.clock.advance(SECOND);
    expect(world.open).toBe(world.last);
  });

  it('does not spin when the server insists on what does not add up', () => {
    live();
    for (let round = 0; round < 5; round++) {
      world.say(['hello', truth.hello()], ['snapshot', 'nonsense', 'e1.1']);
      world.clock.advance(40 * SECOND);
    }
    expect(world.begun.length).toBeLessThan(12);
    expect(client.value('dark', true)).toBe(false);
  });
});

describe('what is newer', () => {
  it.each<[string, () => void, boolean]>([
    [
      'an older snapshot of the same epoch is not',
      () => world.say(['snapshot', new Truth([switchFlag('dark', true)]).snapshot()]),
      false,
    ],
    [
      'a snapshot of another epoch is, whatever its revision',
      () => sayAs(new Truth([switchFlag('dark', true)]), { epoch: 'e2' }),
      true,
    ],
    [
      'a snapshot of another environment is',
      () => sayAs(new Truth([switchFlag('dark', true)]), { environment: 'staging' }),
      true,
    ],
    [
      'a patch that was applied before is not',
      () => world.say(['patch', ...new Truth().edit({ put: [switchFlag('dark', true)] }).patch(1)]),
      false,
    ],
  ])('%s', (_, act, isNewer) => {
    live();
    world.say(['patch', ...truth.edit({ put: [switchFlag('other', true)] }).patch(1)]);
    act();
    expect(client.value('dark', !isNewer)).toBe(isNewer);
    expect(world.open).toBe(world.last);
    expect(client.state).toBe('READY');
  });

  it('is what a server that lags behind says later', () => {
    live();
    world.say(['patch', ...truth.edit({ put: [switchFlag('dark', true)] }).patch(1)]);
    const lagging = new Truth();
    gapAfter();
    world.say(['hello', lagging.hello()], ['snapshot', lagging.snapshot(), 'e1.1'], ['beat', lagging.beat()]);
    expect(client.isEnabled('dark')).toBe(true);
    expect(client.state).toBe('READY');
    expect(world.open).toBe(world.last);
  });

  it('ignores events of names it does not know, members too', () => {
    live();
    world.say(['constructor', '{}'], ['news', 'x'], ['resync', '{"reason":"slow"}']);
    expect(client.state).toBe('READY');
    expect(world.open).toBe(world.last);
  });
});

describe('a host that sleeps', () => {
  it('has no connection, is STALE after a while, and is up to date soon after it wakes', () => {
    live();
    world.host?.sleep();
    expect(world.open).toBeUndefined();
    world.clock.advance(MINUTE);
    expect(world.begun).toHaveLength(1);
    expect(client.state).toBe('STALE');

    world.host?.wake();
    world.clock.advance(0);
    world.say(['hello', truth.hello()]);
    expect(client.state).toBe('READY');
  });

  it('starts over with the first retry', () => {
    live();
    gapAfter();
    gapAfter();
    gapAfter();
    world.host?.wake();
    world.clock.advance(0);
    expect(gapAfter()).toBe(SECOND);
  });

  it('does not hurry a server that asked for time', () => {
    live();
    world.end({ status: 503, retryAfterMs: MINUTE });
    world.host?.wake();
    world.clock.advance(MINUTE - 1);
    expect(world.begun).toHaveLength(1);
    world.clock.advance(1);
    expect(world.begun).toHaveLength(2);
  });
});
