import { readFileSync } from 'node:fs';
import type { Flag } from '@taffrail/engine';
import { expect, it } from 'vitest';
import type { Shipment } from '@taffrail/schema/shipment';
import { digestOf } from '../keys/key.ts';
import { backOutOf, served } from '../release.test-kit.ts';
import { cut } from './cut.ts';
import { diff } from './diff.ts';
import { encodeShipment } from './encode.ts';
import { revise } from './revise.ts';

interface RealRelease {
  readonly version: string;
  readonly cut_at: string;
  readonly on: readonly string[];
}

/** Every release of a real product in order, and the flags that each turns on. */
const path = new URL('../../../../test/fixtures/onprem-releases.json', import.meta.url);
const { releases } = JSON.parse(readFileSync(path, 'utf8')) as { releases: readonly RealRelease[] };

const flag = (key: string): Flag => ({
  key,
  type: 'boolean',
  on: true,
  variants: { on: true, off: false },
  off: 'off',
  salt: key,
  fallthrough: { variant: 'on' },
});

const shipments = new Map<string, Shipment>();
for (const { version, cut_at: issuedAt, on } of releases) {
  const previous = [...shipments.values()].at(-1);
  const entries = on.map((key) => ({ flag: flag(key), policy: 'on', variant: 'on' }) as const);
  const manifest = { flags: on.map((key) => ({ key })) };
  const release = { product: 'real', line: 'main', release: version, issuedAt, manifest, entries, openBackOuts: [] };
  shipments.set(version, cut({ ...release, ...(previous && { previous }) }));
}
const shipmentOf = (version: string): Shipment => shipments.get(version) as Shipment;
const onIn = (version: string): ReadonlySet<string> => new Set(releases.find((one) => one.version === version)?.on);

it('cuts every release, each of which turns on exactly the flags that it did', () => {
  expect(shipments.size).toBe(118);
  for (const { version, on } of releases) {
    expect(served(shipmentOf(version))).toEqual(Object.fromEntries(on.map((key) => [key, true])));
  }
});

it('takes an old install to the newest: it gains and loses what the data says, and knows what is gone', () => {
  const [before, after] = [onIn('10.0.0'), onIn('26.8.0')];
  const { flags } = diff(shipmentOf('10.0.0'), shipmentOf('26.8.0'));
  const gained = flags.filter(({ before: was }) => !was).map((one) => one.flag);
  const lost = flags.filter(({ after: is }) => !is).map((one) => one.flag);
  expect(gained).toEqual([...after].filter((key) => !before.has(key)).sort());
  expect(lost).toEqual([...before].filter((key) => !after.has(key)).sort());
  expect(gained.length + lost.length).toBe(flags.length);
  expect(Object.keys(shipmentOf('26.8.0').removed)).toEqual(expect.arrayContaining(lost));
});

it('compares any two releases as the data does', () => {
  for (const [index, { version, on }] of releases.entries()) {
    const other = releases[(index * 37 + 11) % releases.length]?.version ?? version;
    const expected = [...new Set([...on, ...onIn(other)])].filter((key) => onIn(version).has(key) !== onIn(other).has(key));
    expect(diff(shipmentOf(version), shipmentOf(other)).flags.map((one) => one.flag)).toEqual(expected.sort());
  }
});

it('backs one flag out of the releases that have it, and makes no revision of any other', () => {
  const key = 'organizations:session-replay';
  const revised = [...shipments.values()].filter((shipment) => {
    const prev = digestOf(Buffer.from(encodeShipment(shipment)));
    const next = revise(shipment, { issuedAt: '2026-09-01T00:00:00Z', prev, backOuts: [backOutOf('BO-1', [key])] });
    return next && served(next)[key] === false;
  });
  const having = releases.filter(({ on }) => on.includes(key)).map(({ version }) => version);
  expect(revised.map(({ release }) => release)).toEqual(having);
  expect(having.length).toBeGreaterThan(0);
  expect(having.length).toBeLessThan(shipments.size);
});
