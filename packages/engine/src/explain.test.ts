import { expect, it } from 'vitest';
import { bucketOf, type Condition, type Context, explain, type Flag, type Segment } from './index.ts';
import { flag, NOW, setOf } from './set.test-kit.ts';

const isPro: Condition = { kind: 'user', path: ['plan'], op: 'is', values: ['pro'] };
const isKnown: Condition = { kind: 'user', path: ['key'], op: 'exists' };
const on = { variant: 'on' };
const split = { split: { kind: 'user' }, arms: [{ ranges: [[0, 60_000]], serve: on }], rest: { variant: 'off' } } as const;
const bucket = bucketOf('f', 'user', undefined, 'u1');

function trail(parts: Partial<Flag>, about: Context, ...documents: (Flag | Segment)[]): object[] {
  return [...explain(setOf(flag('f', parts), ...documents), 'f', false, about, NOW).trail];
}

const ruleOf = (when: Condition): Partial<Flag> => ({ rules: [{ id: 'r', when, serve: on }] });

it('tells each step that was taken, in order', () => {
  const parts = {
    prerequisites: [{ flag: 'base', variants: ['off'] }],
    pins: [{ kind: 'org', variant: 'on', keys: ['acme'] }],
    rules: [{ id: 'r', when: isPro, serve: on }],
  };
  expect(trail(parts, { user: { key: 'u1', plan: 'free' } }, flag('base'))).toMatchObject([
    { step: 'prerequisite', id: 'base', answer: 'false' },
    { step: 'pin', id: 'org', answer: 'unknown' },
    { step: 'rule', id: 'r', answer: 'false' },
    { step: 'fallthrough', answer: 'true', serve: { serve: { variant: 'off' } } },
  ]);
});

it.each([
  ['off', { on: false }, [{ step: 'off', answer: 'true' }]],
  ['an unknown need', { needs: ['more'] }, [{ step: 'needs', answer: 'unsupported' }]],
  [
    'an unmet prerequisite',
    { prerequisites: [{ flag: 'base', variants: ['on'] }] },
    [{ step: 'prerequisite', id: 'base', answer: 'true' }],
  ],
  ['a pin', { pins: [{ kind: 'user', variant: 'on', keys: ['u1'] }] }, [{ step: 'pin', id: 'user', answer: 'true' }]],
])('ends with what decided: %s', (_, parts, expected) => {
  expect(trail(parts, { user: 'u1' }, flag('base'))).toEqual(expected);
});

it('tells which condition of a rule answered what, and what it saw', () => {
  const when = { all: [isKnown, { not: isPro }, { any: [{ ...isPro, path: ['nothing'] }] }] };
  expect(trail(ruleOf(when), { user: { key: 'u1', plan: ['pro'] } })[0]).toMatchObject({
    answer: 'false',
    condition: {
      answer: 'false',
      parts: [
        { condition: isKnown, answer: 'true', actual: 'u1' },
        { answer: 'false', parts: [{ condition: isPro, answer: 'true', actual: ['pro'] }] },
        { answer: 'unknown', parts: [{ answer: 'unknown', actual: undefined }] },
      ],
    },
  });
});

it('tells which part is not understood', () => {
  const future = { ...isPro, op: 'from_the_future' };
  expect(trail(ruleOf({ all: [isKnown, future] }), { user: 'u1' })[0]).toMatchObject({
    answer: 'unsupported',
    condition: { parts: [{ answer: 'true' }, { condition: future, answer: 'unsupported' }] },
  });
});

it('tells the bucket, the share of its arm and what it chose', () => {
  const [arm] = split.arms;
  const serve = { serve: split, bucket, share: 60_000, chosen: { serve: on } };
  expect(trail({ fallthrough: split }, { user: 'u1' })).toEqual([{ step: 'fallthrough', answer: 'true', serve }]);
  const elsewhere = { ...split, arms: [{ ...arm, ranges: [[bucket + 1, 100_000]] }] } as const;
  expect(trail({ fallthrough: elsewhere }, { user: 'u1' })[0]).toMatchObject({
    serve: { bucket, chosen: { serve: split.rest } },
  });
  expect(trail({ fallthrough: elsewhere }, { user: 'u1' })[0]).not.toHaveProperty('serve.share');
  expect(trail({ fallthrough: split }, { org: 'acme' })).toEqual([
    { step: 'fallthrough', answer: 'true', serve: { serve: split } },
  ]);
});

it('tells the bucket of a condition', () => {
  const when = { bucket: { kind: 'user' }, ranges: [[0, bucket]] } as const;
  expect(trail(ruleOf(when), { user: 'u1' })[0]).toMatchObject({ condition: { answer: 'false', bucket } });
});

it('tells why a segment answered', () => {
  const early: Segment = { key: 'early', kind: 'user', included: ['in'], excluded: ['out'], when: isPro };
  const seen = (key: string): object => trail(ruleOf({ segment: 'early' }), { user: { key, plan: 'pro' } }, early)[0] ?? {};
  expect(seen('in')).toMatchObject({ condition: { answer: 'true', list: 'included' } });
  expect(seen('out')).toMatchObject({ condition: { answer: 'false', list: 'excluded' } });
  expect(seen('other')).toMatchObject({ condition: { answer: 'true', parts: [{ condition: isPro, actual: 'pro' }] } });
});

it('tells the variant that another flag serves', () => {
  const when = { flag: 'base', variants: ['on'] };
  expect(trail(ruleOf(when), {}, flag('base'))[0]).toMatchObject({ condition: { answer: 'false', actual: 'off' } });
});

it('tells the case of a switch, and what a rule that misses serves', () => {
  const chosen = {
    switch: [
      { when: { any: [] }, serve: { variant: 'off' } },
      { when: isPro, serve: on },
    ],
  };
  const pro = { user: { key: 'u1', plan: 'pro' } };
  expect(trail({ fallthrough: chosen }, pro)[0]).toMatchObject({ serve: { chosen: { serve: on } } });
  const gate = { rules: [{ id: 'gate', when: isPro, serve: on, onMiss: { stop: { variant: 'off' } } }] };
  expect(trail(gate, {})).toMatchObject([{ answer: 'unknown', serve: { serve: { variant: 'off' } } }]);
  expect(trail(gate, pro)).toMatchObject([{ answer: 'true', serve: { serve: on } }]);
});

it('tells nothing where there is nothing to tell', () => {
  const set = setOf(flag('f'));
  expect(explain(set, 'gone', false, {}, NOW).trail).toEqual([]);
  expect(explain(set, 'f', false, null as never, NOW).trail).toEqual([]);
});
