import { compile, type Context, coreRows, evaluateAll, type Flag, type Segment } from '@taffrail/engine';
import * as fc from 'fast-check';
import type { Shipment } from '@taffrail/schema/shipment';
import type { BackOutDecision } from './release/back-out.ts';
import { type CutInput, cut } from './release/cut.ts';
import type { PolicyEntry } from './release/policy.ts';
import { snapshotOf } from './release/seen.ts';
import { flag, flags, NOW_MS } from './site.test-kit.ts';

/** A flag as hosted SDKs have it: on, with a pin, a rule and a note. */
export const hosted = (key: string, parts: Partial<Flag> = {}): Flag =>
  flag(key, {
    pins: [{ kind: 'org', variant: 'yes', keys: ['globex'] }],
    rules: [
      { id: 'r1', when: { kind: 'org', path: ['plan'], op: 'is', values: ['gold'] }, serve: { variant: 'yes' }, note: 'ask Ann' },
    ],
    metadata: { kind: 'release', revision: 42 },
    ...parts,
  });

export const on = (key: string, parts: Partial<Flag> = {}): PolicyEntry => ({
  flag: hosted(key, parts),
  policy: 'on',
  variant: 'yes',
});
export const as = (policy: 'dark' | 'opt-in' | 'rules', key: string, parts: Partial<Flag> = {}): PolicyEntry => ({
  flag: hosted(key, parts),
  policy,
});

export const backOutOf = (id: string, flags: readonly string[], parts: Partial<BackOutDecision> = {}): BackOutDecision => ({
  id,
  flags: [...flags],
  severity: 'required',
  reason: 'it loses rows',
  ...parts,
});

/** Release 8.4.0 of acme, of these entries; its code reads all of them. */
export const cutOf = (entries: readonly PolicyEntry[], parts: Partial<CutInput> = {}): Shipment =>
  cut({
    product: 'acme',
    line: 'main',
    release: '8.4.0',
    issuedAt: '2026-12-01T09:00:00Z',
    manifest: { flags: entries.map(({ flag: { key } }) => ({ key })) },
    entries,
    openBackOuts: [],
    ...parts,
  });

/** What a site with a shipment answers of each of its flags. */
export function served(shipment: Shipment, context: Context = {}): Record<string, unknown> {
  const outcomes = evaluateAll(compile(snapshotOf(shipment), coreRows), context, NOW_MS);
  return Object.fromEntries([...outcomes].map(([key, { value }]) => [key, value]));
}

export const segment = (key: string, parts: Partial<Segment> = {}): Segment => ({ key, kind: 'org', ...parts });

/** Entries of any policy for flags that refer to each other in any way. */
export const entries: fc.Arbitrary<PolicyEntry[]> = flags.chain((all) =>
  fc
    .tuple(...all.map(() => fc.constantFrom('on', 'dark', 'opt-in', 'rules')))
    .map((policies) => all.map((one, index) => entryAs(policies[index] ?? 'dark', one))),
);

const entryAs = (policy: string, one: Flag): PolicyEntry =>
  policy === 'on' ? { flag: one, policy, variant: 'yes' } : { flag: one, policy: policy as 'dark' | 'opt-in' | 'rules' };

export const reversed = <T>(list: readonly T[]): T[] => list.map((_, index) => list[list.length - 1 - index] as T);
