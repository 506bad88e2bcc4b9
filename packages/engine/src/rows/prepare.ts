import { type Answer, FALSE, TRUE, UNKNOWN, answerOf } from '../answer.ts';
import type { Json } from '../model.ts';
import { instantMs } from './instant.ts';
import type { Operator, ValueTest } from './operator.ts';
import { type Order, orderOf } from './order.ts';

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
export function texts(test: (actual: string, wanted: string) => boolean): Prepare {
  return anyValue((value, fold) => {
    if (typeof value !== 'string') return undefined;
    const wanted = folded(value, fold);
    return (actual) => (typeof actual === 'string' ? answerOf(test(folded(actual, fold), wanted)) : UNKNOWN);
  });
}

export const folded = (text: string, fold: boolean): string => (fold ? text.toLowerCase() : text);

/** Compares numbers with numbers, for one or several orders: a number written as text is not one. */
export function numbers(orders: Order): Prepare {
  return anyValue((bound) => {
    if (typeof bound !== 'number') return undefined;
    return (actual) => (typeof actual === 'number' ? answerOf((orderOf(actual, bound) & orders) > 0) : UNKNOWN);
  });
}

/** Compares moments: epoch milliseconds or RFC 3339. */
export function instants(orders: Order): Prepare {
  return anyValue((value) => {
    const boundMs = instantMs(value);
    if (boundMs === undefined) return undefined;
    return (actual) => {
      const actualMs = instantMs(actual);
      return actualMs === undefined ? UNKNOWN : answerOf((orderOf(actualMs, boundMs) & orders) > 0);
    };
  });
}
