import type { Rule } from '@taffrail/engine';
import { blankConditions } from './conditions.ts';

/** A rule to begin with: it matches nobody until it names somebody. */
export function newRule(id: string, variant: string): Rule {
  return { id, when: blankConditions.comparison(0), serve: { variant } };
}

export function replaceRule(rules: readonly Rule[], rule: Rule): Rule[] {
  return rules.map((each) => (each.id === rule.id ? rule : each));
}

export function removeRule(rules: readonly Rule[], id: string): Rule[] {
  return rules.filter((rule) => rule.id !== id);
}

/** Moves a rule up (−1) or down (+1); at the ends it stays. The order decides: the first match wins. */
export function moveRule(rules: readonly Rule[], id: string, by: -1 | 1): Rule[] {
  const from = rules.findIndex((rule) => rule.id === id);
  const to = from + by;
  const [one, other] = [rules[from], rules[to]];
  return one && other ? rules.with(from, other).with(to, one) : [...rules];
}

/** A copy, right below its original. */
export function copyRule(rules: readonly Rule[], id: string, copyId: string): Rule[] {
  return rules.flatMap((rule) => (rule.id === id ? [rule, { ...rule, id: copyId }] : [rule]));
}

/** Ids of rules stand in reasons and in the history: never used twice, so not a count. Six letters of base 36. */
export function newRuleId(random: () => number = Math.random): string {
  return `rule-${Math.floor(random() * 36 ** 6)
    .toString(36)
    .padStart(6, '0')}`;
}
