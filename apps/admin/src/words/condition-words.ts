import type { Bucketing, Condition, Json, Range } from '@taffrail/engine';
import { attributeWords } from '../edit/attribute.ts';
import { asGroup, type Group, type Join, joinWords, type LeafSort, leafSort, type LeafTest } from '../edit/conditions.ts';
import { literalWords } from '../edit/literals.ts';
import { operatorWords } from '../edit/operators.ts';
import { listed, percentWords } from './numbers.ts';
import { momentWords } from './time.ts';

/** As many values as a sentence can hold before it stops being one. */
const valuesInWords = 6;

/** A condition as people say it: `org.plan is one of pro, team and org is not in segment testers`. */
export function conditionWords(condition: Condition): string {
  const group = asGroup(condition);
  if (group) return groupWords(group);
  const negated = 'not' in condition;
  return leafWords(negated ? (condition.not as LeafTest) : (condition as LeafTest), negated);
}

const between: Partial<Record<Join, string>> = { all: ' and ', any: ' or ' };

function groupWords({ join, parts }: Group): string {
  if (parts.length === 0) return join === 'all' || join === 'none' ? 'everyone' : 'nobody';
  const glue = between[join];
  if (!glue) return `${joinWords[join]} (${parts.map(conditionWords).join('; ')})`;
  return parts.map((part) => (needsBrackets(part) ? `(${conditionWords(part)})` : conditionWords(part))).join(glue);
}

function needsBrackets(part: Condition): boolean {
  const group = asGroup(part);
  return group !== undefined && group.parts.length > 1 && between[group.join] !== undefined;
}

type Words<S extends LeafSort> = (test: TestOf<S>, negated: boolean) => string;
type TestOf<S extends LeafSort> = {
  segment: Extract<LeafTest, { segment: unknown }>;
  flag: Extract<LeafTest, { flag: unknown }>;
  time: Extract<LeafTest, { time: unknown }>;
  bucket: Extract<LeafTest, { bucket: unknown }>;
  comparison: Extract<LeafTest, { op: unknown }>;
}[S];

const leaves: { [S in LeafSort]: Words<S> } = {
  segment: ({ segment }, negated) => `${negated ? 'not in' : 'in'} segment ${segment || '…'}`,
  flag: ({ flag, variants }, negated) => `flag ${flag || '…'} ${negated ? 'does not serve' : 'serves'} ${listed(variants, 'or')}`,
  time: ({ time }, negated) => `${negated ? 'not ' : ''}${timeWords(time)}`,
  bucket: ({ bucket, ranges }, negated) =>
    `${negated ? 'not among' : 'among'} ${shareWords(ranges)} of ${bucketingWords(bucket)}`,
  comparison: comparisonWords,
};

function leafWords(test: LeafTest, negated: boolean): string {
  const words = leaves[leafSort(test)] as Words<LeafSort>;
  return words(test, negated);
}

function comparisonWords({ kind, path, op, values = [], match, fold }: TestOf<'comparison'>, negated: boolean): string {
  const element = match === 'all' ? 'every ' : match === 'none' ? 'no ' : '';
  const said = values.length > 0 ? ` ${valueWords(values)}` : '';
  const needs = op === 'exists' || said !== '' ? said : ' …';
  return `${element}${attributeWords({ kind, path })} ${operatorWords(op, negated)}${needs}${fold ? ' (any case)' : ''}`;
}

function valueWords(values: readonly Json[]): string {
  const rest = values.length - valuesInWords;
  return values.slice(0, valuesInWords).map(literalWords).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function timeWords(time: TestOf<'time'>['time']): string {
  const [word, at] = 'before' in time ? ['before', time.before] : ['from', time.after];
  return `${word} ${momentWords(new Date(at).toISOString())}`;
}

function shareWords(ranges: readonly Range[]): string {
  return percentWords(ranges.reduce((sum, [from, to]) => sum + to - from, 0) / 1_000);
}

/** `org`, or `user.country` when bucketed by an attribute. */
export function bucketingWords({ kind, path }: Bucketing): string {
  return attributeWords({ kind, path: path ?? ['key'] });
}
