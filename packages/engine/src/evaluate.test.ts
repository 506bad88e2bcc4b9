import { describe, expect, it } from 'vitest';
import { documents, free, pro } from './asked.test-kit.ts';
import { examples } from './evaluate.test-kit.ts';
import { type Context, evaluate, evaluateAll, resolve } from './index.ts';
import { flag, NOW, setOf } from './set.test-kit.ts';

const set = setOf(...documents);

it.each(examples)('%s', (_, key, context, expected) => {
  expect(evaluate(set, key, false, context as Context, NOW)).toMatchObject(expected);
});

describe('the type of the default', () => {
  const typed = setOf(
    flag('number', { type: 'number', variants: { big: 25 }, fallthrough: { variant: 'big' } }),
    flag('object', { type: 'json', variants: { a: { n: [1] } }, fallthrough: { variant: 'a' } }),
    flag('null', { type: 'json', variants: { a: null }, fallthrough: { variant: 'a' } }),
  );

  it.each([
    ['number', 1, 25],
    ['object', {}, { n: [1] }],
    ['object', null, { n: [1] }],
    ['object', [], { n: [1] }],
    ['null', {}, null],
  ])('%s: asked with %j gives %j', (key, fallback, value) => {
    expect(evaluate(typed, key, fallback, {}, NOW)).toMatchObject({ value, reason: 'STATIC' });
  });

  it.each([
    ['number', '1'],
    ['number', {}],
    ['object', 'text'],
    ['null', false],
  ])('%s: asked with %j is a mismatch', (key, fallback) => {
    const resolution = evaluate(typed, key, fallback, {}, NOW);
    expect(resolution).toMatchObject({ value: fallback, reason: 'ERROR', errorCode: 'TYPE_MISMATCH' });
    expect(resolution.variant).toBeUndefined();
    expect(resolution.errorMessage).toMatch(/change the default/);
  });

  it('is not asked for by resolve', () => {
    expect(resolve(typed, 'number', {}, NOW).value).toBe(25);
    expect(resolve(set, 'default', {}, NOW).value).toBeUndefined();
  });
});

describe('a context that is none', () => {
  it.each([null, undefined, 7, 'acme', true, () => ({}), Symbol('user')])('%s', (context) => {
    expect(evaluate(set, 'rule', true, context as never, NOW)).toMatchObject({ value: true, errorCode: 'INVALID_CONTEXT' });
    expect(evaluate(set, 'static', false, context as never, NOW)).toMatchObject({ value: false, errorCode: 'INVALID_CONTEXT' });
  });
});

describe('a resolution', () => {
  it('is made once for an outcome, and shared', () => {
    for (const key of ['static', 'rule', 'rollout', 'off', 'pinned']) {
      expect(evaluate(set, key, false, pro, NOW)).toBe(evaluate(set, key, true, { ...pro }, NOW));
    }
  });

  it('is frozen to its leaves', () => {
    const values = setOf(flag('deep', { type: 'json', variants: { a: { list: [{ n: 1 }] } }, fallthrough: { variant: 'a' } }));
    const resolution = evaluate(values, 'deep', { list: [{}] }, {}, NOW);
    const parts = [resolution, resolution.value, resolution.value.list, resolution.value.list[0], resolution.flagMetadata];
    expect(parts.map(Object.isFrozen)).toEqual(parts.map(() => true));
  });

  it('leaves the default as it is', () => {
    const fallback = { mine: [1] };
    expect(evaluate(set, 'default', fallback, {}, NOW).value).toBe(fallback);
    expect(Object.isFrozen(fallback)).toBe(false);
  });
});

it('evaluates all flags in their order, as one by one', () => {
  for (const context of [pro, free, {}, null as never]) {
    const all = evaluateAll(set, context, NOW);
    expect(all.map(([key]) => key)).toEqual([...set.keys()]);
    for (const [key, resolution] of all) expect(resolution).toEqual(resolve(set, key, context, NOW));
  }
});
