import type { Bucketing, Comparison, Condition, Json, Range } from '@taffrail/engine';
import type { Mistake } from '@taffrail/schema';
import { suggestion } from '../../environments/find.ts';
import { rows } from '../rows.ts';
import type { Around } from './around.ts';

/** One thing that a condition can get wrong. */
type Check = (condition: Condition, at: string, around: Around) => readonly Mistake[];

const checks: readonly Check[] = [
  (condition, at) => ('op' in condition ? mistakesInComparison(condition, at) : []),
  (condition, at) => ('bucket' in condition ? mistakesInBuckets(condition, at) : []),
  (condition, at, around) => ('segment' in condition ? unknownSegment(condition.segment, at, around) : []),
  (condition, at, around) => ('flag' in condition ? mistakesInReference(condition.flag, condition.variants, at, around) : []),
];

/** What is wrong with one condition, those within it apart. */
export function mistakesInCondition(condition: Condition, at: string, around: Around): Mistake[] {
  return checks.flatMap((check) => check(condition, at, around));
}

/** Another flag, or variants of it, that are not there. */
export function mistakesInReference(key: string, variants: readonly string[], at: string, around: Around): Mistake[] {
  const flag = around.flag(key);
  if (flag === undefined)
    return [{ at: `${at}/flag`, message: `there is no flag '${key}'. ${suggestion(key, around.flagKeys())}` }];
  const known = Object.keys(flag.variants);
  return variants.flatMap((variant, index) =>
    known.includes(variant)
      ? []
      : [{ at: `${at}/variants/${index}`, message: `${key} has no variant '${variant}'. ${suggestion(variant, known)}` }],
  );
}

/** Slices that are empty or overlap, of arms together. */
export function mistakesInRanges(placed: readonly { readonly at: string; readonly ranges: readonly Range[] }[]): Mistake[] {
  const slices = placed.flatMap(({ at, ranges }) =>
    ranges.map(([from, to], index) => ({ at: `${at}/ranges/${index}`, from, to })),
  );
  let reached = 0;
  return slices
    .sort((a, b) => a.from - b.from)
    .flatMap(({ at, from, to }) => {
      const [overlaps, isEmpty] = [from < reached, from >= to];
      reached = Math.max(reached, to);
      if (isEmpty) return [{ at, message: `[${from}, ${to}) is empty: a slice ends after it begins` }];
      return overlaps ? [{ at, message: `[${from}, ${to}) overlaps another slice: each bucket belongs to one` }] : [];
    });
}

/** A hash that no engine has. */
export function mistakesInBucketing({ hash }: Bucketing, at: string): Mistake[] {
  if (hash === undefined || Object.hasOwn(rows.hashes, hash)) return [];
  return [{ at: `${at}/hash`, message: `there is no hash '${hash}'. ${suggestion(hash, Object.keys(rows.hashes))}` }];
}

/** Hidden lists are made by the server for browsers; nobody writes them. */
const operators = Object.keys(rows.operators).filter((name) => name !== 'is_hashed');

const expected: Readonly<Record<string, string>> = {
  scalar: 'text, a number, true or false',
  text: 'text',
  number: 'a number',
  instant: 'a date and time with its zone, such as 2026-11-23T12:00:00Z, or milliseconds since 1970',
  version: 'a version, such as 8.4.0',
  'version-range': 'a range of versions, such as >=8.4 <8.6',
  network: 'a network, such as 10.0.0.0/8',
  pattern: "a pattern in RE2's syntax of at most 256 characters",
};

function mistakesInComparison(comparison: Comparison, at: string): Mistake[] {
  const { op, values = [] } = comparison;
  const row = operators.includes(op) ? rows.operators[op] : undefined;
  if (row === undefined) return [{ at: `${at}/op`, message: unknownOperator(op) }];
  if (row.values === 'nothing') {
    return values.length === 0 ? [] : [{ at: `${at}/values`, message: `'${op}' takes no values: leave them out` }];
  }
  if (values.length === 0) return [{ at: `${at}/values`, message: `'${op}' needs a value to compare with` }];
  const isFit = (value: Json): boolean => row.prepare([value], comparison) !== undefined;
  return values.flatMap((value, index) =>
    isFit(value) ? [] : [{ at: `${at}/values/${index}`, message: `'${op}' takes ${expected[row.values]}, not ${shown(value)}` }],
  );
}

function unknownOperator(op: string): string {
  return `there is no operator '${op}'. ${suggestion(op, operators)} All operators: ${operators.join(', ')}`;
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function mistakesInBuckets({ bucket, ranges }: Extract<Condition, { bucket: Bucketing }>, at: string): Mistake[] {
  return [...mistakesInBucketing(bucket, `${at}/bucket`), ...mistakesInRanges([{ at, ranges }])];
}

function unknownSegment(key: string, at: string, around: Around): Mistake[] {
  if (around.segment(key) !== undefined) return [];
  return [{ at: `${at}/segment`, message: `there is no segment '${key}'. ${suggestion(key, around.segmentKeys())}` }];
}
