import { describe, expect, it } from 'vitest';
import { type Condition, type Context, evaluate, explain, type Flag, type Override } from './index.ts';
import { flag, NOW, setOf } from './set.test-kit.ts';

const here = { layer: 'override', source: 'flags.yaml:4' };
const isBerlin: Condition = { kind: 'org', path: ['key'], op: 'is', values: ['berlin'] };
const forAll: Override = { variant: 'on', reason: 'STATIC', metadata: here };
const forBerlin: Override = { ...forAll, when: isBerlin, reason: 'TARGETING_MATCH' };
const untilNow: Override = { ...forAll, when: { time: { before: NOW + 1 } } };

const answer = (parts: Partial<Flag>, context: Context) => evaluate(setOf(flag('f', parts)), 'f', false, context, NOW);

describe('an override', () => {
  it.each<[string, Partial<Flag>]>([
    ['the fallthrough', {}],
    ['a flag that is off', { on: false }],
    ['an unmet prerequisite', { prerequisites: [{ flag: 'gone', variants: ['on'] }] }],
    ['a pin', { pins: [{ kind: 'org', variant: 'off', keys: ['berlin'] }] }],
    ['a rule', { rules: [{ id: 'r', when: { all: [] }, serve: { variant: 'off' } }] }],
    ['a need that is not understood', { needs: ['tomorrow'] }],
  ])('comes before %s', (_, parts) => {
    const set = setOf(flag('f', { ...parts, overrides: [forBerlin] }));
    expect(evaluate(set, 'f', false, { org: 'berlin' }, NOW)).toMatchObject({
      value: true,
      variant: 'on',
      reason: 'TARGETING_MATCH',
      flagMetadata: here,
    });
    expect(evaluate(set, 'f', false, { org: 'rome' }, NOW)).toEqual(
      evaluate(setOf(flag('f', parts)), 'f', false, { org: 'rome' }, NOW),
    );
  });

  it('for everyone needs no context', () => {
    expect(evaluate(setOf(flag('f', { overrides: [forAll] })), 'f', false, {}, NOW)).toMatchObject({
      value: true,
      reason: 'STATIC',
    });
  });

  it('ends by itself, and tells when', () => {
    const set = setOf(flag('f', { overrides: [untilNow] }));
    expect(evaluate(set, 'f', false, {}, NOW).value).toBe(true);
    expect(set.nextBoundary(NOW)).toBe(NOW + 1);
    expect(evaluate(set, 'f', false, {}, NOW + 1)).toEqual(evaluate(setOf(flag('f')), 'f', false, {}, NOW + 1));
  });

  it('is the first that holds', () => {
    const overrides = [forBerlin, { ...forAll, variant: 'off', metadata: { source: 'flags.yaml:9' } }];
    expect(answer({ overrides }, { org: 'berlin' }).flagMetadata).toEqual(here);
    expect(answer({ overrides }, { org: 'rome' }).flagMetadata).toEqual({ source: 'flags.yaml:9' });
  });

  it('may serve the code default', () => {
    const overrides: Override[] = [{ reason: 'DISABLED', metadata: here }];
    const set = setOf(flag('f', { overrides }));
    expect(evaluate(set, 'f', true, {}, NOW)).toMatchObject({ value: true, reason: 'DISABLED', flagMetadata: here });
    expect(explain(set, 'f', true, {}, NOW).trail).toMatchObject([{ step: 'override', serve: { serve: { codeDefault: true } } }]);
  });

  it('is seen by flags that depend on it', () => {
    const base = flag('base', { overrides: [forBerlin] });
    const dependent = flag('f', { prerequisites: [{ flag: 'base', variants: ['on'] }], fallthrough: { variant: 'on' } });
    const valueFor = (org: string) => evaluate(setOf(dependent, base), 'f', false, { org }, NOW).value;
    expect([valueFor('berlin'), valueFor('rome')]).toEqual([true, false]);
  });

  it('is a step of the explanation', () => {
    const { trail } = explain(setOf(flag('f', { overrides: [untilNow, forBerlin] })), 'f', false, { org: 'berlin' }, NOW + 1);
    expect(trail).toMatchObject([
      { step: 'override', id: 'flags.yaml:4', answer: 'false', condition: { answer: 'false' } },
      {
        step: 'override',
        id: 'flags.yaml:4',
        answer: 'true',
        condition: { actual: 'berlin' },
        serve: { serve: { variant: 'on' } },
      },
    ]);
  });
});
