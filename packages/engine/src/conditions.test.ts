import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { condition, context, keys } from './documents.test-kit.ts';
import { type Condition, evaluate } from './index.ts';
import { answerOf, flag, flagWhen, NOW, setOf } from './set.test-kit.ts';

const truths = {
  true: { all: [] },
  false: { any: [] },
  unknown: { kind: 'x', path: ['y'], op: 'is', values: [1] },
  unsupported: { kind: 'x', path: ['y'], op: '?' },
} satisfies Record<string, Condition>;
type Word = keyof typeof truths;
const words = Object.keys(truths) as Word[];

/** Where no part decides, the first of these that is among the parts. */
const all = { decides: 'false', order: ['unsupported', 'unknown', 'true'] } as const;
const any = { decides: 'true', order: ['unsupported', 'unknown', 'false'] } as const;

const combined = (parts: readonly Word[], { decides, order }: typeof all | typeof any): Word =>
  parts.includes(decides) ? decides : (order.find((word) => parts.includes(word)) ?? order[2]);

/** What random conditions refer to. */
const world = [...keys.map((key) => flag(key)), ...keys.map((key) => ({ key, kind: 'user', included: ['acme'] }))];

describe('all and any', () => {
  it.each(words.flatMap((a) => words.map((b) => [a, b] as const)))('combine %s and %s', (a, b) => {
    expect(answerOf({ all: [truths[a], truths[b]] }, {})).toBe(combined([a, b], all));
    expect(answerOf({ any: [truths[a], truths[b]] }, {})).toBe(combined([a, b], any));
  });

  it('answer true and false when they are empty', () => {
    expect([answerOf({ all: [] }, {}), answerOf({ any: [] }, {})]).toEqual(['true', 'false']);
  });

  test('answer the same whatever the order of their parts', () => {
    fc.assert(
      fc.property(condition, condition, context, (a, b, about) => {
        expect(answerOf({ any: [a, b] }, about, ...world)).toBe(answerOf({ any: [b, a] }, about, ...world));
        expect(answerOf({ all: [a, b] }, about, ...world)).toBe(answerOf({ all: [b, a] }, about, ...world));
      }),
    );
  });

  test('keep the law of De Morgan', () => {
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 3 }), context, (parts, about) => {
        const negations = parts.map((not) => ({ not }));
        expect(answerOf({ not: { all: parts } }, about, ...world)).toBe(answerOf({ any: negations }, about, ...world));
      }),
    );
  });
});

it.each([
  ['true', 'false'],
  ['false', 'true'],
  ['unknown', 'unknown'],
  ['unsupported', 'unsupported'],
] as const)('not %s is %s', (word, negation) => {
  expect(answerOf({ not: truths[word] }, {})).toBe(negation);
});

test('unknown never serves: not by itself, not negated', () => {
  fc.assert(
    fc.property(condition, context, (when, about) => {
      fc.pre(answerOf(when, about, ...world) === 'unknown');
      for (const asked of [when, { not: when }]) {
        const set = setOf(flagWhen('asked', asked), ...world);
        expect(evaluate(set, 'asked', true, about, NOW)).toMatchObject({ value: false, reason: 'DEFAULT' });
      }
    }),
  );
});

const isUntold = (when: Condition): boolean =>
  'op' in when && when.op !== 'exists' && (when.missing === undefined || when.missing === 'unknown');

test('no comparison knows an answer about nothing, unless it was told one or asks for absence', () => {
  fc.assert(
    fc.property(condition, (when) => {
      fc.pre(isUntold(when));
      expect(['unknown', 'unsupported']).toContain(answerOf(when, {}));
    }),
  );
});

it.each([
  ['a form of the future', { xor: [] }],
  ['nothing', {}],
  ['null', null],
  ['a list', []],
  ['all of no list', { all: { length: 1 } }],
  ['a flag without a list of variants', { flag: 'alpha', variants: 'on' }],
  ['a bucket without pairs', { bucket: { kind: 'user' }, ranges: [['0', '1']] }],
  ['a path without a name', { kind: 'user', path: [], op: 'exists' }],
  ['a path that is no list', { kind: 'user', path: '  ', op: 'exists' }],
  ['a kind that is no text', { kind: null, path: ['key'], op: 'exists' }],
  ['values that are no list', { kind: 'user', path: ['key'], op: 'is', values: 'acme' }],
  ['a time that is neither before nor after', { time: {} }],
])('does not understand %s', (_, when) => {
  expect(answerOf(when as never, { user: 'acme' }, ...world)).toBe('unsupported');
});

const nested = (levels: number): Condition => (levels === 0 ? { all: [] } : { not: nested(levels - 1) });

it('understands conditions that nest some levels deep, and no deeper ones', () => {
  expect(answerOf(nested(60), {})).toBe('true');
  expect(answerOf(nested(70), {})).toBe('unsupported');
});
