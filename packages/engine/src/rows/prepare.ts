import { type Answer, FALSE, TRUE, UNKNOWN, answerOf } from '../answer.ts';
import type { Json } from '../model.ts';
import type { Operator, ValueTest } from './operator.ts';

type Prepare = Operator['prepare'];

/** True when one value's test says so. A comparison with no values has no answer. */
export function anyValue(prepareOne: (value: Json, fold: boolean) => ValueTest | undefined): Prepare {
  return (values, { fold = false }) => {
    const tests = values.map((value) => prepareOne(value, fold));
    return tests.every((test) => test !== undefined) ? anyTest(tests) : undefined;
  };
}

function anyTest(tests: readonly ValueTest[]): ValueTest {
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return (actual) => {
    let answer: Answer = tests.length > 0 ? FALSE : UNKNOWN;
    for (const test of tests) {
      const next = test(actual);
      if (next === TRUE) return TRUE;
      if (next > answer) answer = next;
    }
    return answer;
  };
}

/** Compares texts with texts. To ignore case, both sides are lower-cased. */
export function texts(prepareOne: (wanted: string) => (actual: string) => boolean): Prepare {
  return anyValue((value, fold) => {
    if (typeof value !== 'string') return undefined;
    const test = prepareOne(folded(value, fold));
    return (actual) => (typeof actual === 'string' ? answerOf(test(folded(actual, fold))) : UNKNOWN);
  });
}

export const folded = (text: string, fold: boolean): string => (fold ? text.toLowerCase() : text);

/** Compares numbers with numbers: a number written as text is not one. */
export function numbers(test: (actual: number, bound: number) => boolean): Prepare {
  return anyValue((bound) => {
    if (typeof bound !== 'number') return undefined;
    return (actual) => (typeof actual === 'number' ? answerOf(test(actual, bound)) : UNKNOWN);
  });
}

/** Compares what both sides are read as; what cannot be read is malformed as a value and unknown as an attribute. */
export function readings<T>(read: (json: unknown) => T | undefined, test: (actual: T, wanted: T) => boolean): Prepare {
  return anyValue((value) => {
    const wanted = read(value);
    if (wanted === undefined) return undefined;
    return (actual) => {
      const reading = read(actual);
      return reading === undefined ? UNKNOWN : answerOf(test(reading, wanted));
    };
  });
}
