import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { as, backOutOf, cutOf, entries, hosted, on, reversed, segment, served } from '../release.test-kit.ts';
import { encodeShipment } from './encode.ts';
import { snapshotOf } from './seen.ts';

const lineOf = (shipment: ReturnType<typeof cutOf>, key: string) =>
  JSON.parse(snapshotOf(shipment).items.find((item) => item.key === key)?.json ?? 'null');

describe('a cut', () => {
  it('serves what is on to everybody, and nothing else to anybody', () => {
    const shipment = cutOf([on('avatars'), as('dark', 'stream'), as('opt-in', 'beta')]);
    const expected = { avatars: true, stream: false, beta: false };
    expect(served(shipment)).toEqual(expected);
    expect(served(shipment, { org: { key: 'globex', plan: 'gold' } })).toEqual(expected);
  });

  it('ships rules only where the policy says rules, and then their notes no more', () => {
    const shipment = cutOf([on('avatars'), as('dark', 'stream'), as('opt-in', 'beta'), as('rules', 'seats')]);
    expect(served(shipment, { org: { key: 'acme', plan: 'gold' } })['seats']).toBe(true);
    expect(served(shipment, { org: { key: 'acme', plan: 'free' } })['seats']).toBe(false);
    for (const key of ['avatars', 'stream', 'beta']) {
      expect(lineOf(shipment, key)).not.toHaveProperty('rules');
      expect(lineOf(shipment, key)).not.toHaveProperty('pins');
    }
    expect(encodeShipment(shipment)).not.toContain('ask Ann');
  });

  it('turns a flag off where it needs one that is dark', () => {
    const prerequisites = [{ flag: 'api', variants: ['yes'] }];
    expect(served(cutOf([on('ui', { prerequisites }), as('dark', 'api')]))).toMatchObject({ ui: false });
    expect(served(cutOf([on('ui', { prerequisites }), on('api')]))).toMatchObject({ ui: true });
  });

  it('ships what its flags ask though no code reads it, and nothing that nobody asks', () => {
    const rules = [{ id: 'r1', when: { segment: 'gold' }, serve: { variant: 'yes' } }];
    const all = [as('rules', 'ui', { rules, prerequisites: [{ flag: 'api', variants: ['yes'] }] }), on('api'), on('other')];
    const shipment = cutOf(all, {
      manifest: { flags: [{ key: 'ui' }, { key: 'undeclared' }] },
      segments: [segment('gold', { when: { segment: 'paying' } }), segment('paying', { included: ['acme'] }), segment('idle')],
    });
    expect(snapshotOf(shipment).items.map(({ sort, key }) => `${sort} ${key}`)).toEqual(['f api', 'f ui', 's gold', 's paying']);
  });

  it('says for people what decided, and nothing of the hosted environment', () => {
    const entry = { ...on('avatars'), facts: { owner: 'ann', stage: 'ga' }, overridable: false };
    expect(lineOf(cutOf([entry]), 'avatars').metadata).toEqual({
      owner: 'ann',
      stage: 'ga',
      layer: 'shipment',
      source: 'on',
      overridable: false,
    });
  });

  it('lifts a kill where the policy says on, for a kill is of an environment', () => {
    expect(served(cutOf([on('avatars', { on: false, metadata: { layer: 'kill' } })]))).toEqual({ avatars: true });
  });

  it('carries open back-outs of its flags, from its first revision on', () => {
    const shipment = cutOf([on('avatars'), on('stream')], {
      openBackOuts: [backOutOf('BO-9', ['gone']), backOutOf('BO-17', ['stream', 'gone'])],
    });
    expect(shipment.backOuts).toEqual([{ ...backOutOf('BO-17', ['stream']), since: 1 }]);
    expect(served(shipment)).toEqual({ avatars: true, stream: false });
  });

  it('remembers what became of flags that it reads no more, through later releases, until they come back', () => {
    const first = cutOf([on('old-ui'), on('older-ui'), on('ui')]);
    const second = cutOf([on('ui')], { release: '8.5.0', previous: first, became: { 'old-ui': 'always on' } });
    expect(second.removed).toEqual({ 'old-ui': { in: '8.5.0', now: 'always on' }, 'older-ui': { in: '8.5.0', now: 'gone' } });
    const third = cutOf([on('ui'), on('older-ui')], { release: '8.6.0', previous: second });
    expect(third.removed).toEqual({ 'old-ui': { in: '8.5.0', now: 'always on' } });
  });
});

test('a cut has the same bytes in whatever order its parts come', () => {
  fc.assert(
    fc.property(entries, fc.func(fc.integer()), (all, weigh) => {
      const outs = [backOutOf('BO-1', ['beta', 'alpha']), backOutOf('BO-2', ['gamma'])];
      const shuffled = [...all].sort((one, other) => weigh(one.flag.key) - weigh(other.flag.key)).map(backwards);
      const [one, other] = [cutOf(all, { openBackOuts: outs }), cutOf(shuffled, { openBackOuts: reversed(outs.map(backwards)) })];
      expect(encodeShipment(other)).toBe(encodeShipment(one));
    }),
  );
});

/** The same members, written last to first. */
function backwards<T extends object>(value: T): T {
  return Object.fromEntries(reversed(Object.entries(value))) as T;
}

test('what hosted flags do later does not change a cut that was made', () => {
  const flag = hosted('avatars');
  const shipment = cutOf([{ flag, policy: 'on', variant: 'yes' }]);
  const before = encodeShipment(shipment);
  Object.assign(flag, { on: false });
  expect(encodeShipment(shipment)).toBe(before);
});
