import {
  checksumOf,
  compile,
  type Context,
  coreRows,
  evaluateAll,
  type Flag,
  type FlagSet,
  formatItem,
  type Item,
  type Outcome,
} from '@taffrail/engine';
import * as fc from 'fast-check';
import type { Entry } from './entry.ts';
import { type Site, siteLayer } from './site-layer.ts';

export const NOW_MS = Date.UTC(2026, 11, 24);
const nobody: Site = { entries: [], off: [] };

/** The flags as a site sees them. */
export function seen(flags: readonly Flag[], site: Site = nobody): FlagSet {
  const { lay } = siteLayer(site);
  const items: Item[] = flags.map((flag) => lay(formatItem('f', flag)));
  const header = {
    format: 1,
    origin: { environment: 'production' },
    audience: 'server',
    epoch: 'e1',
    revision: 1,
    flags: items.length,
    segments: 0,
    checksum: checksumOf(items),
  } as const;
  return compile({ header, items }, coreRows);
}

/** What every flag answers. */
export const answers = (set: FlagSet, context: Context, nowMs = NOW_MS): ReadonlyMap<string, Outcome> =>
  new Map(evaluateAll(set, context, nowMs));

/** A boolean flag that is on and serves `no` to everybody, but for what is said. */
export const flag = (key: string, parts: Partial<Flag> = {}): Flag => ({
  key,
  type: 'boolean',
  on: true,
  variants: { yes: true, no: false },
  off: 'no',
  salt: key,
  fallthrough: { variant: 'no' },
  ...parts,
});

export const entry = (parts: Partial<Entry> & Pick<Entry, 'flag' | 'value'>): Entry => ({
  acknowledges: [],
  source: 'flags.yaml:3',
  line: 3,
  column: 5,
  ...parts,
});

export const keys = ['alpha', 'beta', 'gamma'];
const key = fc.constantFrom(...keys);
const variant = fc.constantFrom('yes', 'no');
const org = fc.constantFrom('berlin', 'rome');
const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 2 });

const condition = fc.oneof(
  fc.record({ kind: fc.constant('org'), path: fc.constant(['key']), op: fc.constant('is'), values: few(org) }),
  fc.record({ flag: key, variants: few(variant) }),
  fc.record({ time: fc.constantFrom({ before: NOW_MS }, { after: NOW_MS }) }),
);

const anyFlag = (name: string): fc.Arbitrary<Flag> =>
  fc
    .record(
      {
        on: fc.boolean(),
        off: variant,
        fallthrough: fc.record({ variant }),
        needs: few(fc.constant('tomorrow')),
        prerequisites: few(fc.record({ flag: key, variants: few(variant) })),
        pins: few(fc.record({ kind: fc.constant('org'), variant, keys: few(org) })),
        rules: few(fc.record({ id: fc.constantFrom('r1', 'r2'), when: condition, serve: fc.record({ variant }) })),
        metadata: fc.constantFrom({ owner: 'ann' }, { layer: 'kill' }),
      },
      { requiredKeys: ['on', 'fallthrough'] },
    )
    .map((parts) => ({ key: name, type: 'boolean' as const, variants: { yes: true, no: false }, salt: name, ...parts }));

/** Flags that refer to each other in any way. */
export const flags: fc.Arbitrary<Flag[]> = fc.tuple(...keys.map(anyFlag)).map((all) => [...all]);

/** Entries of berlin: any value, of the right type or not, ended or not. */
export const entriesOfBerlin: fc.Arbitrary<Entry[]> = fc
  .uniqueArray(
    fc.record({
      flag: key,
      value: fc.constantFrom<Entry['value'][]>(true, false, 'on', 'NO', 'maybe', 25, { a: 1 }),
      orgs: fc.constant(['berlin']),
      untilMs: fc.constantFrom(NOW_MS, NOW_MS + 1, Infinity),
    }),
    { selector: (one) => one.flag },
  )
  .map((all) => all.map(({ untilMs, ...parts }) => entry({ ...parts, ...(untilMs < Infinity && { untilMs }) })));

export const context: fc.Arbitrary<Context> = fc.constantFrom({ org: 'rome' }, { org: { key: 'oslo' } }, { user: 'berlin' }, {});
