import { compile, coreRows, evaluate, type Flag, type FlagSet, formatItem, type Item } from '@taffrail/engine';
import type { BackOut } from '@taffrail/schema/shipment';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Entry } from './entry.ts';
import { snapshotOf } from './release/seen.ts';
import { backOutOf, cutOf, entries as policies, on } from './release.test-kit.ts';
import { type Site, siteLayer } from './site-layer.ts';
import { answers, context, entry, flag, keys, NOW_MS } from './site.test-kit.ts';
import { standings } from './standings.ts';

const backOut = (id: string, parts: Partial<BackOut> = {}): BackOut => ({ ...backOutOf(id, ['alpha']), since: 2, ...parts });

/** Release 8.4.0 with `alpha` and `beta` on, as a site sees it. */
function seen(backOuts: readonly BackOut[], site: Partial<Site> = {}): FlagSet {
  const shipment = { ...cutOf([on('alpha'), on('beta')]), backOuts: [...backOuts] };
  return laid(snapshotOf(shipment), site);
}

function laid(snapshot: ReturnType<typeof snapshotOf>, site: Partial<Site>): FlagSet {
  const { lay } = siteLayer({ entries: [], off: [], ...site });
  return compile({ ...snapshot, items: snapshot.items.map(lay) }, coreRows);
}

const told = (set: FlagSet, org = 'rome') => {
  const { value, reason, flagMetadata } = evaluate(set, 'alpha', false, { org }, NOW_MS);
  return { value, reason, layer: flagMetadata['layer'], source: flagMetadata['source'], override: flagMetadata['override'] };
};

const needsAck = (ids: string, source = 'BO-17') => ({
  value: false,
  reason: 'DISABLED',
  layer: 'back-out',
  source,
  override: `OVERRIDE_NEEDS_ACK ${ids}`,
});
const stands = { value: true, reason: 'STATIC', layer: 'override', source: 'flags.yaml:3', override: undefined };
const off = { value: false, reason: 'DISABLED', layer: 'back-out', source: 'BO-17', override: undefined };

describe('a backed-out flag', () => {
  it.each<[string, BackOut[], Partial<Entry>, object]>([
    ['is off', [backOut('BO-17')], { flag: 'beta' }, off],
    ['is not turned on by an entry that acknowledges nothing', [backOut('BO-17')], {}, needsAck('BO-17')],
    ['is turned on by one that acknowledges it', [backOut('BO-17')], { acknowledges: ['BO-17'] }, stands],
    ['is not by one that acknowledges another', [backOut('BO-17')], { acknowledges: ['BO-9'] }, needsAck('BO-17')],
    [
      'needs all that are required',
      [backOut('BO-17'), backOut('BO-20', { since: 3 })],
      { acknowledges: ['BO-17'] },
      needsAck('BO-20', 'BO-20'),
    ],
    ['names all that lack', [backOut('BO-17'), backOut('BO-20', { since: 3 })], {}, needsAck('BO-20, BO-17', 'BO-20')],
    [
      'needs no advisory one, though it is younger',
      [backOut('BO-17'), backOut('BO-20', { since: 3, severity: 'advisory' })],
      { acknowledges: ['BO-17'] },
      stands,
    ],
    ['lets an entry stand against an advisory one', [backOut('BO-17', { severity: 'advisory' })], {}, stands],
    [
      'is turned off without any acknowledgement',
      [backOut('BO-17')],
      { value: false },
      { ...off, reason: 'STATIC', layer: 'override', source: 'flags.yaml:3' },
    ],
    ['says nothing of an entry that is over', [backOut('BO-17')], { untilMs: NOW_MS }, off],
    ['says nothing of an entry for others', [backOut('BO-17')], { orgs: ['berlin'] }, off],
    ['says nothing of a value that is none', [backOut('BO-17')], { value: 25 }, off],
  ])('%s', (_, backOuts, parts, expected) => {
    expect(told(seen(backOuts, { entries: [entry({ flag: 'alpha', value: true, ...parts })] }))).toEqual(expected);
  });

  it('says what an entry lacks to those whom the entry is for', () => {
    const set = seen([backOut('BO-17')], { entries: [entry({ flag: 'alpha', value: true, orgs: ['berlin'] })] });
    expect([told(set, 'berlin'), told(set, 'rome')]).toEqual([needsAck('BO-17'), off]);
    expect(evaluate(set, 'alpha', false, { org: 'berlin' }, NOW_MS).flagMetadata['overrideSource']).toBe('flags.yaml:3');
  });

  it('serves the code default where it has no off value, and no entry gives another', () => {
    const title = flag('alpha', { type: 'string', variants: { a: 'A' }, fallthrough: { variant: 'a' } });
    const { off: _, ...line } = title;
    const shipment = { ...cutOf([{ flag: line, policy: 'on', variant: 'a' }]), backOuts: [backOut('BO-17')] };
    const set = laid(snapshotOf(shipment), { entries: [entry({ flag: 'alpha', value: 'A' })] });
    expect(evaluate(set, 'alpha', 'code', {}, NOW_MS)).toMatchObject({
      value: 'code',
      reason: 'DISABLED',
      flagMetadata: { override: 'OVERRIDE_NEEDS_ACK BO-17' },
    });
  });

  it('is off by TAFFRAIL_OFF too, whoever acknowledged it', () => {
    const entries = [entry({ flag: 'alpha', value: true, acknowledges: ['BO-17'] })];
    expect(told(seen([backOut('BO-17')], { entries, off: ['alpha'] }))).toMatchObject({ value: false, layer: 'off' });
  });

  it('is so too where the layer is told of it, not the line', () => {
    const { lay } = siteLayer({ entries: [entry({ flag: 'alpha', value: true })], off: [], backOuts: [backOut('BO-17')] });
    const line: Item = formatItem('f', flag('alpha', { metadata: { layer: 'shipment' } }));
    expect(JSON.parse(lay(line).json)).toMatchObject({ on: false, metadata: { layer: 'back-out', requiredBackOuts: 'BO-17' } });
    expect(lay(lay(line)).json).toBe(lay(line).json);
  });
});

test('a flag that is not for sites to change takes no override', () => {
  const entries = [entry({ flag: 'alpha', value: false })];
  const snapshot = snapshotOf(cutOf([{ ...on('alpha'), overridable: false }]));
  expect(told(laid(snapshot, { entries }))).toMatchObject({ value: true, layer: 'shipment' });
  expect(told(laid(snapshot, { entries, off: ['alpha'] }))).toMatchObject({ value: false, layer: 'off' });
});

test('an opt-in flag is off until an entry turns it on', () => {
  const snapshot = snapshotOf(cutOf([{ flag: flag('alpha'), policy: 'opt-in' }]));
  expect(told(laid(snapshot, {}))).toMatchObject({ value: false, layer: 'shipment', source: 'opt-in' });
  expect(told(laid(snapshot, { entries: [entry({ flag: 'alpha', value: true })] }))).toEqual(stands);
});

test.each<[string, Partial<Entry>, object]>([
  ['needs-acknowledgement', {}, { backOuts: ['BO-17'] }],
  ['wins', { acknowledges: ['BO-17'] }, {}],
  ['wins', { value: false }, {}],
  ['expired', { untilMs: NOW_MS }, {}],
  ['not-for-this-org', { orgs: ['berlin'] }, {}],
])('of a backed-out flag an entry is told as %s: %j', (standing, parts, more) => {
  const one = entry({ flag: 'alpha', value: true, ...parts });
  const line = seen([backOut('BO-17')]).flag('alpha')!;
  expect(standings([one], { flag: line, org: 'rome', nowMs: NOW_MS, isOff: false })).toEqual([{ entry: one, standing, ...more }]);
});

test('of a flag that is not for sites to change an entry is told as not-overridable', () => {
  const one = entry({ flag: 'alpha', value: false });
  const line = flag('alpha', { metadata: { overridable: false } });
  expect(standings([one], { flag: line, org: undefined, nowMs: NOW_MS, isOff: false })).toMatchObject([
    { standing: 'not-overridable' },
  ]);
});

const ids = ['BO-1', 'BO-2', 'BO-3'];
const anyBackOuts: fc.Arbitrary<BackOut[]> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom(...ids),
    flags: fc.subarray(keys, { minLength: 1 }),
    severity: fc.constantFrom('advisory', 'required'),
    reason: fc.constant('it fails'),
    since: fc.nat(3).map((since) => since + 1),
  }),
  { selector: ({ id }) => id },
);
const anyEntries: fc.Arbitrary<Entry[]> = fc.array(
  fc
    .record({
      flag: fc.constantFrom(...keys),
      value: fc.constantFrom<Entry['value'][]>(true, false, 'on', 'off', 25),
      orgs: fc.constantFrom<(string[] | undefined)[]>(undefined, ['berlin'], ['rome']),
      acknowledges: fc.subarray(ids),
    })
    .map(({ orgs, ...parts }) => entry({ ...parts, ...(orgs && { orgs }) })),
  { maxLength: 4 },
);
const about = fc.oneof(context, fc.constant({ org: 'berlin' }));

test('no required back-out is ever passed without its acknowledgement', () => {
  fc.assert(
    fc.property(policies, anyBackOuts, anyEntries, about, (all, backOuts, entries, who) => {
      const set = laid(snapshotOf({ ...cutOf(all), backOuts }), { entries });
      const isHeld = (key: string): boolean => {
        const required = backOuts.filter(({ severity, flags }) => severity === 'required' && flags.includes(key));
        const acknowledges = (one: Entry) => one.flag === key && required.every(({ id }) => one.acknowledges.includes(id));
        return required.length > 0 && !entries.some(acknowledges);
      };
      const held = [...answers(set, who)].filter(([key]) => isHeld(key));
      const offValue = (key: string): unknown => set.flag(key)?.variants[set.flag(key)?.off ?? ''];
      expect(held.filter(([key, { value }]) => value !== offValue(key))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('TAFFRAIL_OFF only turns off, and what nothing is said of is as it was, line by line', () => {
  fc.assert(
    fc.property(policies, anyBackOuts, anyEntries, fc.subarray(keys), (all, backOuts, entries, off) => {
      const { items } = snapshotOf({ ...cutOf(all), backOuts });
      const { lay } = siteLayer({ entries, off });
      const isSaid = (key: string): boolean => off.includes(key) || entries.some((one) => one.flag === key);
      const turned = items.filter(({ key }) => off.includes(key)).map((item) => JSON.parse(lay(item).json) as Flag);
      expect(turned.filter(({ on: isOn, metadata }) => isOn || metadata?.['layer'] !== 'off')).toEqual([]);
      expect(items.filter((item) => !isSaid(item.key) && lay(item) !== item)).toEqual([]);
    }),
  );
});
