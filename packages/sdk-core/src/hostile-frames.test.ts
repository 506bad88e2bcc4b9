import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { switchFlag, Truth } from './truth.test-kit.ts';
import { World } from './world.test-kit.ts';

const names = fc.constantFrom('hello', 'snapshot', 'patch', 'beat', 'goodbye', 'resync', '__proto__', 'constructor', '');

/** What the wire says, with some of it replaced by anything. */
const truth = new Truth([switchFlag('dark', true)]);
const words = fc.constantFrom(
  truth.hello(),
  truth.beat(),
  truth.snapshot(),
  truth.patch(1)[0],
  '{"from":1,"to":2,"del":["f dark"]}',
);
const damaged = fc
  .tuple(words, fc.nat(), fc.nat(40), fc.string({ unit: 'binary' }))
  .map(([text, at, length, other]) => text.slice(0, at % text.length) + other + text.slice((at % text.length) + length));
const json = fc.json({ maxDepth: 3 });
const members = [
  'environment',
  'epoch',
  'head',
  'heartbeatMs',
  'checksum',
  'reason',
  'reconnectInMs',
  'fatal',
  'from',
  'to',
  'del',
];
/** No text and no number can be made of it. */
const unprintable = { toString: null, valueOf: null };
const hello = fc
  .dictionary(fc.constantFrom(...members), fc.oneof(fc.jsonValue(), fc.constant(unprintable)))
  .map((members) => JSON.stringify(members));
const event = fc.tuple(names, fc.oneof(damaged, json, hello, fc.string()), fc.oneof(fc.constant('e1.2'), fc.string()));

it('whatever a server sends, nothing throws, values stay, and one exchange or one attempt goes on', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 8 }), async (events) => {
      const world = new World();
      const client = world.client();
      world.say(['hello', truth.hello()], ['snapshot', truth.snapshot()]);
      for (const said of events) {
        if (world.open) world.last.on.received(...said);
        expect(client.isEnabled('dark')).toBe(true);
      }
      expect(world.clock.timers.size).toBe(1);
      for (let seconds = 0; seconds <= 300 && !world.open; seconds++) world.clock.advance(1_000);
      expect(world.open).toBe(world.last);
      await client.close();
      world.expectNothingLeft();
    }),
    { numRuns: 1_000 },
  );
}, 30_000);
