import { describe, expect, it } from 'vitest';
import { explain, type Operator } from '../index.ts';
import { allRows, flagWhen, NOW, setOf } from '../set.test-kit.ts';
import { type Case, cases, conditionIn, contextIn } from './cases.test-kit.ts';

const answerOf = (op: string, one: Case): string | undefined =>
  explain(setOf(flagWhen('flag', conditionIn(op, one))), 'flag', false, contextIn(one), NOW).trail[0]?.answer;

const operators: Readonly<Record<string, Operator>> = allRows.operators;

describe.each(Object.keys(operators))('%s', (op) => {
  it('has examples', () => {
    expect(cases[op]?.length).toBeGreaterThan(0);
  });

  it('has a label for the editor', () => {
    expect(operators[op]?.label).toMatch(/^[a-z].*[a-z)]$/);
  });

  it.each((cases[op] ?? []).map((one) => [one[0], one] as const))('%s', (_, one) => {
    expect(answerOf(op, one)).toBe(one[3]);
  });
});

it('a row that this engine lacks is unsupported', () => {
  for (const op of ['nope', 'constructor', '__proto__', 'toString']) {
    expect(answerOf(op, ['', ['a'], 'a', 'unsupported'])).toBe('unsupported');
  }
});
