import { answerOf } from '../answer.ts';
import { nativeHash } from '../bucket.ts';
import { glob } from './glob.ts';
import { oneOf, oneOfHashed } from './is.ts';
import type { Hash, Operator } from './operator.ts';
import { AFTER, BEFORE, SAME } from './order.ts';
import { instants, numbers, texts } from './prepare.ts';

const operators = {
  is: { label: 'is one of', values: 'scalar', prepare: oneOf },
  is_hashed: { label: 'is one of (hidden)', values: 'digest', prepare: oneOfHashed },
  starts_with: { label: 'starts with', values: 'text', prepare: texts((actual, wanted) => actual.startsWith(wanted)) },
  ends_with: { label: 'ends with', values: 'text', prepare: texts((actual, wanted) => actual.endsWith(wanted)) },
  contains: { label: 'contains', values: 'text', prepare: texts((actual, wanted) => actual.includes(wanted)) },
  glob: { label: 'is like', values: 'text', prepare: texts(glob) },
  less_than: { label: 'is less than', values: 'number', prepare: numbers(BEFORE) },
  at_most: { label: 'is at most', values: 'number', prepare: numbers(BEFORE | SAME) },
  greater_than: { label: 'is greater than', values: 'number', prepare: numbers(AFTER) },
  at_least: { label: 'is at least', values: 'number', prepare: numbers(AFTER | SAME) },
  before: { label: 'is before', values: 'instant', prepare: instants(BEFORE) },
  after: { label: 'is after', values: 'instant', prepare: instants(AFTER) },
  exists: {
    label: 'exists',
    values: 'nothing',
    whole: true,
    prepare: () => (actual) => answerOf(actual !== undefined && actual !== null),
  },
} satisfies Record<string, Operator>;

const hashes = {
  native: { label: 'murmur3', prepare: nativeHash },
} satisfies Record<string, Hash>;

/** What every engine of format 1 is able to do; a flag never lists these among its needs. */
export const coreRows = { operators, hashes };
