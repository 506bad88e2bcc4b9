import type { Rule } from '@taffrail/engine';
import { expect, it } from 'vitest';
import { copyRule, moveRule, newRule, newRuleId, removeRule, replaceRule } from './rules.ts';

const rule = (id: string): Rule => ({ id, when: { segment: id }, serve: { variant: 'on' } });
const rules = ['a', 'b', 'c'].map(rule);
const ids = (those: readonly Rule[]) => those.map(({ id }) => id).join('');

it.each([
  ['b', -1, 'bac'],
  ['b', 1, 'acb'],
  ['a', -1, 'abc'],
  ['c', 1, 'abc'],
  ['x', 1, 'abc'],
] as const)('moves %s by %d to %s', (id, by, order) => {
  expect(ids(moveRule(rules, id, by))).toBe(order);
});

it('copies a rule right below it, under an id of its own', () => {
  const copied = copyRule(rules, 'a', 'z');
  expect(ids(copied)).toBe('azbc');
  expect(copied[1]).toEqual({ ...rule('a'), id: 'z' });
});

it('removes and replaces by id', () => {
  expect(ids(removeRule(rules, 'b'))).toBe('ac');
  expect(replaceRule(rules, { ...rule('b'), note: 'why' })[1]?.note).toBe('why');
});

it('begins with a rule that matches nobody', () => {
  expect(newRule('r', 'on')).toMatchObject({ id: 'r', when: { op: 'is', values: [] }, serve: { variant: 'on' } });
});

it('draws ids of one length', () => {
  expect(newRuleId(() => 0)).toBe('rule-000000');
  expect(newRuleId(() => 1 - Number.EPSILON)).toBe('rule-zzzzzz');
});
