import { RE2JS } from 're2js';
import { UNKNOWN, answerOf } from './answer.ts';
import type { Operator } from './rows/operator.ts';
import { anyValue } from './rows/prepare.ts';

const PATTERN_CHARACTERS = 256;
const SUBJECT_CHARACTERS = 1_024;
/** Instructions of a compiled pattern. Time is in proportion to them and to the subject: together a few milliseconds at the worst. */
const PROGRAM_SIZE = 250;

/** Finds a pattern anywhere in a text, in time linear in the text. A pattern beyond the bounds is malformed, a text beyond them unknown. */
const matches = anyValue((value, fold) => {
  const pattern = typeof value === 'string' && value.length <= PATTERN_CHARACTERS ? compiled(value, fold) : undefined;
  if (!pattern || pattern.programSize() > PROGRAM_SIZE) return undefined;
  return (actual) => {
    const isSubject = typeof actual === 'string' && actual.length <= SUBJECT_CHARACTERS;
    return isSubject ? answerOf(pattern.test(actual)) : UNKNOWN;
  };
});

function compiled(pattern: string, fold: boolean): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern, fold ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    // A caller's stack that is nearly full says nothing about the pattern.
    if (error instanceof RangeError) throw error;
    return undefined;
  }
}

/** The row that matches texts against RE2's syntax of regular expressions: no look-around, no back-references. */
export const matchesRows = {
  operators: {
    matches: { label: 'matches', values: 'pattern', prepare: matches },
  } satisfies Record<string, Operator>,
  hashes: {},
};
