import { expect, it } from 'vitest';
import { evaluate, type Flag } from './index.ts';
import { flag, flagWhen, NOW, setOf } from './set.test-kit.ts';

const on = { variant: 'on' };
const about = { user: 'u1' };

const prerequisiteOf = (key: string, other: string): Flag =>
  flag(key, { prerequisites: [{ flag: other, variants: ['on'] }], fallthrough: on });

it.each([
  ['a flag that asks itself', [prerequisiteOf('a', 'a')]],
  ['flags that ask each other', [prerequisiteOf('a', 'b'), prerequisiteOf('b', 'c'), prerequisiteOf('c', 'a')]],
  ['a segment in itself', [flagWhen('a', { segment: 's' }), { key: 's', kind: 'user', when: { not: { segment: 's' } } }]],
  ['a flag and a segment', [flagWhen('a', { segment: 's' }), { key: 's', kind: 'user', when: { flag: 'a', variants: ['off'] } }]],
])('%s are a cycle, which is not understood', (_, circle) => {
  const set = setOf(...(circle as Flag[]), prerequisiteOf('outside', 'a'));
  for (const key of ['a', 'outside']) {
    expect(evaluate(set, key, true, about, NOW)).toMatchObject({
      value: false,
      errorCode: 'GENERAL',
      flagMetadata: { unsupported: 'cycle' },
    });
  }
  expect(evaluate(set, 'a', true, about, NOW)).toEqual(evaluate(set, 'a', true, about, NOW));
});

it('may be many to one flag, which is no cycle', () => {
  const both = flag('both', {
    prerequisites: ['left', 'right'].map((other) => ({ flag: other, variants: ['on'] })),
    fallthrough: on,
  });
  const set = setOf(both, prerequisiteOf('left', 'top'), prerequisiteOf('right', 'top'), flag('top', { fallthrough: on }));
  expect(evaluate(set, 'both', false, about, NOW)).toMatchObject({ value: true, reason: 'DEFAULT' });
});

const chain = (length: number): Flag[] => [
  ...Array.from({ length }, (_, at) => prerequisiteOf(`f${at}`, `f${at + 1}`)),
  flag(`f${length}`, { fallthrough: on }),
];

it('are followed some levels deep, and no deeper', () => {
  expect(evaluate(setOf(...chain(20)), 'f0', false, about, NOW).value).toBe(true);
  expect(evaluate(setOf(...chain(21)), 'f0', true, about, NOW)).toMatchObject({
    value: false,
    flagMetadata: { unsupported: 'references' },
  });
  expect(evaluate(setOf(...chain(5_000)), 'f0', true, about, NOW).value).toBe(false);
});

it('are not followed without end where they branch', () => {
  const branching = Array.from({ length: 20 }, (_, at) => {
    const asked = Array.from({ length: 10 }, () => ({ flag: `f${at + 1}`, variants: ['on'] }));
    return flag(`f${at}`, { prerequisites: asked, fallthrough: on });
  });
  const set = setOf(...branching, flag('f20', { fallthrough: on }));
  expect(evaluate(set, 'f0', true, about, NOW)).toMatchObject({ value: false, flagMetadata: { unsupported: 'references' } });
  expect(evaluate(set, 'f18', false, about, NOW).value).toBe(true);
});
