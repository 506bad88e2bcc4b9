import { afterEach, describe, expect, it } from 'vitest';
import type { Client } from './client.ts';
import { switchFlag, Truth } from './truth.test-kit.ts';
import { type Begun, World } from './world.test-kit.ts';

const SECOND = 1_000;
const MINUTE = 60_000;

let world: World;
let client: Client;
afterEach(async () => {
  await client.close();
  world.expectNothingLeft();
});

type Meet = (exchange: Begun, truth: Truth) => void;

const ends =
  (ending: Parameters<Begun['on']['ended']>[0]): Meet =>
  (exchange) => {
    exchange.isOpen = false;
    exchange.on.ended(ending);
  };
const says =
  (...frames: readonly (readonly [event: string, data: string, id?: string])[]): Meet =>
  (exchange) => {
    exchange.on.opened();
    for (const [event, data, id] of frames) exchange.on.received(event, data, id);
  };
const then =
  (...meets: readonly Meet[]): Meet =>
  (exchange, truth) => {
    for (const meet of meets) if (exchange.isOpen) meet(exchange, truth);
  };
/** What transports say of an answer that has ended before it said anything. */
const empty: Meet = (exchange, truth) => (exchange.kind === 'poll' ? says(['snapshot', '']) : says())(exchange, truth);
const half = (text: string): string => text.slice(0, text.length / 2);

/**
 * What a network does to every exchange, and what the client makes of it: its state after 5 s, after 2 min, and how many exchanges
 * it begins at most in 20 min. What arrives late or in pieces is the transport's: test/faults has it on a wall clock.
 */
const rows: readonly (readonly [name: string, meet: Meet, soon: string, later: string, mostExchanges: number])[] = [
  ['a black hole', () => {}, 'READY', 'STALE', 50],
  ['an answer without an event', says(), 'READY', 'STALE', 50],
  ['a reset', ends({ reason: 'reset' }), 'READY', 'STALE', 50],
  ['a half-close', then(empty, ends({ status: 200 })), 'READY', 'STALE', 50],
  [
    'a cut within a snapshot',
    then(
      (exchange, truth) => says(['hello', truth.hello()], ['snapshot', half(truth.snapshot()), 'e1.2'])(exchange, truth),
      ends({ reason: 'cut' }),
    ),
    'READY',
    'STALE',
    50,
  ],
  ['401', ends({ status: 401, reason: 'it answered 401' }), 'ERROR', 'ERROR', 8],
  ['403', ends({ status: 403, reason: 'it answered 403' }), 'ERROR', 'ERROR', 8],
  ['404', ends({ status: 404, reason: 'it answered 404' }), 'ERROR', 'ERROR', 8],
  ['429, back in a minute', ends({ status: 429, retryAfterMs: MINUTE }), 'READY', 'STALE', 21],
  ['503', ends({ status: 503 }), 'READY', 'STALE', 50],
  ['503, back in 5 min', ends({ status: 503, retryAfterMs: 5 * MINUTE }), 'READY', 'STALE', 6],
  ['301 that leads nowhere', ends({ status: 301 }), 'READY', 'STALE', 50],
  ['frames that are no JSON', says(['hello', '\u0000{']), 'READY', 'STALE', 50],
  ['a snapshot of something else', says(['snapshot', '<html>Sign in to the hotel</html>', 'e1.2']), 'READY', 'STALE', 50],
  ['goodbye at once', says(['goodbye', '{"reason":"draining","reconnectInMs":1000}']), 'READY', 'STALE', 1_201],
];

/** Lets time pass while every exchange that begins meets this. */
function pass(ms: number, meet: Meet, truth: Truth, met: Set<Begun>): void {
  for (
    const endMs = world.clock.ticksMs + ms;
    world.clock.ticksMs < endMs;
    world.clock.advance(Math.min(250, endMs - world.clock.ticksMs))
  ) {
    // Throws if there are two.
    const { open } = world;
    if (!open || met.has(open)) continue;
    met.add(open);
    meet(open, truth);
  }
}

/** A server that is well: by a stream or by a poll. */
const well: Meet = (exchange, truth) => {
  if (exchange.kind === 'stream')
    says(['hello', truth.hello()], ['snapshot', truth.snapshot(), `e1.${truth.revision}`])(exchange, truth);
  else then(says(['snapshot', truth.snapshot()]), ends({ status: 200, etag: '"e1"' }))(exchange, truth);
};

describe.each(rows)('%s', (_, meet, soon, later, mostExchanges) => {
  it('leaves the values, bounds the attempts, and is over when it is over', () => {
    world = new World();
    client = world.client();
    const [truth, met] = [new Truth(), new Set<Begun>()];
    pass(SECOND, well, truth, met);
    expect([client.state, client.isEnabled('dark')]).toEqual(['READY', false]);
    const before = world.begun.length;
    world.end();
    truth.edit({ put: [switchFlag('dark', true)] });
    pass(5 * SECOND, meet, truth, met);
    expect([client.state, client.isEnabled('dark')]).toEqual([soon, false]);
    pass(2 * MINUTE, meet, truth, met);
    expect([client.state, client.isEnabled('dark')]).toEqual([later, false]);
    pass(18 * MINUTE, meet, truth, met);
    expect([client.state, client.isEnabled('dark')]).toEqual([later, false]);
    expect(world.begun.length - before).toBeLessThanOrEqual(mostExchanges);
    const recoverUntilMs = world.clock.ticksMs + 5 * MINUTE + SECOND;
    while (client.state !== 'READY' && world.clock.ticksMs < recoverUntilMs) pass(SECOND, well, truth, met);
    expect([client.state, client.isEnabled('dark')]).toEqual(['READY', true]);
  });
});
