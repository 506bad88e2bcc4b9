import * as fc from 'fast-check';
import type { Condition, Context, Flag, Override, Segment } from '@taffrail/engine';
import { condition, context, flag, keys, segment } from '../../packages/engine/src/documents.test-kit.ts';
import { cases, conditionIn, contextIn } from '../../packages/engine/src/rows/cases.test-kit.ts';
import { NOW } from '../../packages/engine/src/set.test-kit.ts';
import { textOf } from '../conformance/file.ts';
import { groupOf } from '../conformance/group.ts';
import { itemOf } from '../../packages/engine/src/set.test-kit.ts';

/** A snapshot's text, and whom it is asked about. */
export interface World {
  readonly text: string;
  readonly contexts: readonly Context[];
}

const examples = Object.entries(cases).flatMap(([op, all]) => all.map((one) => [op, one] as const));
const ofRow = fc.constantFrom(...examples.map(([op, one]) => conditionIn(op, one)));
const plan = fc.constantFrom(...examples.map(([, one]) => contextIn(one)));
const moment = fc.constantFrom(NOW - 1, NOW, NOW + 1);
const time: fc.Arbitrary<Condition> = fc.oneof(
  moment.map((before) => ({ time: { before: new Date(before).toISOString() } })),
  moment.map((after) => ({ time: { after } })),
);

/** A condition with a native row in it: by itself, negated, or beside another. */
const withRow: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 3, arbitrary: ofRow },
  ofRow.map((not) => ({ not })),
  fc.array(fc.oneof(ofRow, time, condition), { maxLength: 3 }).map((all) => ({ all })),
  fc.array(fc.oneof(ofRow, time, condition), { maxLength: 3 }).map((any) => ({ any })),
);

const serve = fc.constantFrom({ variant: 'on' }, { variant: 'off' }, { codeDefault: true as const });
const rules = fc
  .array(fc.tuple(withRow, serve), { maxLength: 3 })
  .map((all) => all.map(([when, what], index) => ({ id: `row-${index}`, when, serve: what })));
const override: fc.Arbitrary<Override> = fc.record(
  {
    when: fc.oneof(withRow, time),
    variant: fc.constantFrom('on', 'off', 'gone'),
    reason: fc.constantFrom('STATIC', 'TARGETING_MATCH', 'DISABLED'),
    metadata: fc.constant({ layer: 'override', source: 'flags.yaml:4' }),
  },
  { requiredKeys: ['reason', 'metadata'] },
);
const overrides = fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.array(override, { maxLength: 2 }));

/** The engine's random flag, more often on, with rules that hold native rows before its own. */
const anyFlag: fc.Arbitrary<Flag> = fc.tuple(flag, rules, overrides, fc.nat(3)).map(([one, first, over, quarter]) => ({
  ...one,
  on: one.on || quarter > 0,
  rules: [...first, ...(one.rules ?? [])],
  ...(over.length > 0 && { overrides: over }),
}));
const anySegment: fc.Arbitrary<Segment> = fc
  .tuple(segment, fc.option(withRow))
  .map(([one, when]) => ({ ...one, ...(when && { when }) }));

const each = <T extends { readonly key: string }>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.tuple(...keys.map((key) => one.map((document) => ({ ...document, key }))));

/** A context of the engine's random world, with what the example of some row holds. */
const anyContext: fc.Arbitrary<Context> = fc.tuple(context, plan, fc.boolean()).map(([about, example, isKept]) => {
  const { user } = example as unknown as { readonly user: object };
  const own = isKept && typeof about['user'] === 'object' ? about['user'] : {};
  return { ...about, user: { ...user, ...own, ...('plan' in user && { plan: user.plan }) } } as unknown as Context;
});

/** Flags and segments of which any may refer to any, and contexts about which all flags are asked. */
export const world = (contexts: number): fc.Arbitrary<World> =>
  fc.record({
    text: fc
      .tuple(each(anyFlag), each(anySegment))
      .map(([flags, segments]) => textOf(groupOf('', [...flags, ...segments].map(itemOf), []))),
    contexts: fc.array(anyContext, { minLength: 1, maxLength: contexts, size: 'max' }),
  });
