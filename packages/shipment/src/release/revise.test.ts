import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { as, backOutOf, cutOf, entries, on, reversed, served } from '../release.test-kit.ts';
import { keys } from '../site.test-kit.ts';
import { encodeShipment } from './encode.ts';
import { revise } from './revise.ts';
import { snapshotOf } from './seen.ts';

const revision = { issuedAt: '2026-12-18T09:00:00Z', prev: `sha256:${'0'.repeat(64)}` };
const first = cutOf([on('avatars'), on('stream'), as('dark', 'beta')]);

describe('a revision', () => {
  it('backs a flag out, and changes no other', () => {
    const second = revise(first, { ...revision, backOuts: [backOutOf('BO-17', ['stream', 'unknown'])] });
    expect(second).toMatchObject({ ...revision, release: '8.4.0', revision: 2 });
    expect(second?.backOuts).toEqual([{ ...backOutOf('BO-17', ['stream']), since: 2 }]);
    expect(second && served(second)).toEqual({ avatars: true, stream: false, beta: false });
    expect(second && snapshotOf(second).header).toMatchObject({ origin: { release: '8.4.0', revision: 2 }, revision: 2 });
  });

  it.each([
    ['the release has none of the flags', { backOuts: [backOutOf('BO-17', ['unknown'])] }],
    ['there is nothing to restore', { restored: ['BO-17'] }],
  ])('is not made where %s', (_, change) => {
    expect(revise(first, { ...revision, ...change })).toBeUndefined();
  });

  it('may leave numbers out, and goes on from where it is then', () => {
    const later = revise(first, { ...revision, revision: 7, backOuts: [backOutOf('BO-17', ['stream'])] });
    expect(later).toMatchObject({ revision: 7, backOuts: [{ id: 'BO-17', since: 7 }] });
    expect(later && snapshotOf(later).header).toMatchObject({ origin: { release: '8.4.0', revision: 7 }, revision: 7 });
    expect(later && revise(later, { ...revision, restored: ['BO-17'] })?.revision).toBe(8);
  });

  it('names the back-out that decides: a required one before an advisory one', () => {
    const second = revise(first, {
      ...revision,
      backOuts: [backOutOf('BO-1', ['stream']), backOutOf('BO-2', ['stream'], { severity: 'advisory' })],
    });
    const line = second && snapshotOf(second).items.find(({ key }) => key === 'stream');
    expect(JSON.parse(line?.json ?? '').metadata).toMatchObject({ layer: 'back-out', source: 'BO-1', severity: 'required' });
  });

  it('also turns off what asks a flag that is backed out', () => {
    const needsStream = on('panel', { prerequisites: [{ flag: 'stream', variants: ['yes'] }] });
    const second = revise(cutOf([needsStream, on('stream')]), { ...revision, backOuts: [backOutOf('BO-17', ['stream'])] });
    expect(second && served(second)).toEqual({ panel: false, stream: false });
  });
});

const some = fc.subarray(keys, { minLength: 1 });

test('a back-out turns its flags off, to what each serves when off, whatever they were and whatever else is backed out', () => {
  fc.assert(
    fc.property(entries, some, some, (all, now, before) => {
      const shipment = cutOf(all, { openBackOuts: [backOutOf('BO-1', before)] });
      const next = revise(shipment, { ...revision, backOuts: [backOutOf('BO-2', now)] });
      const values = served(next ?? shipment, { org: 'berlin' });
      for (const { flag } of all.filter(({ flag: { key } }) => now.includes(key) || before.includes(key))) {
        expect(values[flag.key]).toBe(flag.off === undefined ? false : flag.variants[flag.off]);
      }
    }),
  );
});

test('restoring what was backed out gives back exactly what was', () => {
  fc.assert(
    fc.property(entries, some, (all, flags) => {
      const shipment = cutOf(all);
      const second = revise(shipment, { ...revision, backOuts: [backOutOf('BO-1', flags)] });
      const third = second && revise(second, { ...revision, restored: ['BO-1'] });
      expect(third && snapshotOf(third).items).toEqual(snapshotOf(shipment).items);
      expect(third).toMatchObject({ revision: 3, backOuts: [] });
    }),
  );
});

test('the same revision has the same bytes', () => {
  const backOuts = [backOutOf('BO-17', ['stream', 'beta']), backOutOf('BO-18', ['avatars'])];
  const [one, other] = [revise(first, { ...revision, backOuts }), revise(first, { ...revision, backOuts: reversed(backOuts) })];
  expect(one && encodeShipment(one)).toBe(other && encodeShipment(other));
});
