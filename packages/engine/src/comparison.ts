import { type Answer, FALSE, type Test, TRUE, UNKNOWN, negated } from './answer.ts';
import { type Place, placeOf, read, readPlain } from './attribute.ts';
import type { Comparison } from './model.ts';
import { own } from './own.ts';
import type { ValueTest } from './rows/operator.ts';
import { listOf, malformed } from './malformed.ts';
import { type Scope, unsupported } from './scope.ts';

/** Compares an attribute by the operator's row. */
export function compileComparison(source: Comparison, scope: Scope): Test {
  const { kind, path, op, values = [], match = 'any', missing = 'unknown' } = source;
  const operator = own(scope.links.rows.operators, op);
  if (!operator) return unsupported(scope, `op:${op}`);
  const test = operator.prepare(listOf(values), source) ?? malformed();
  const decisive = own(decisiveAnswers, match) ?? malformed();
  const place = placeOf(kind, path);
  const isUsual = !place.careful && !operator.whole && match !== 'none' && missing === 'unknown';
  if (isUsual) return usualTest(kind, place.name, test, decisive);
  const ofMany = operator.whole ? test : ofElements(test, decisive);
  return judged(place, whereMissing(missing, match === 'none' ? (actual) => negated(ofMany(actual)) : ofMany));
}

const decisiveAnswers = { any: TRUE, none: TRUE, all: FALSE } as const;
type Decisive = typeof TRUE | typeof FALSE;

const judged =
  (place: Place, judge: ValueTest): Test =>
  (context) =>
    judge(read(place, context));

/** The same with fewer calls and less to hold on to, for what nearly all comparisons are. */
function usualTest(kind: string, name: string, test: ValueTest, decisive: Decisive): Test {
  return (context) => {
    const actual = readPlain(kind, name, context);
    const answer = test(actual);
    return answer === UNKNOWN && Array.isArray(actual) ? ofEach(actual, test, decisive) : answer;
  };
}

/** Tests an array by its elements. A single value is tested like an array that holds nothing else. */
const ofElements =
  (test: ValueTest, decisive: Decisive): ValueTest =>
  (actual) =>
    Array.isArray(actual) ? ofEach(actual, test, decisive) : test(actual);

function ofEach(elements: readonly unknown[], test: ValueTest, decisive: Decisive): Answer {
  let greatest: Answer = decisive === TRUE ? FALSE : TRUE;
  for (const element of elements) {
    const answer = test(element);
    if (answer === decisive) return answer;
    if (answer > greatest) greatest = answer;
  }
  return greatest;
}

/** The vendors' answers for an absent attribute or one of another type, so that imported flags keep their meaning. */
function whereMissing(missing: string, test: ValueTest): ValueTest {
  if (missing === 'unknown') return test;
  if (missing === 'null') return (actual) => test(actual === undefined ? null : actual);
  const instead = own(answersWhereMissing, missing) ?? malformed();
  return (actual) => {
    const answer = test(actual);
    return answer === UNKNOWN ? instead : answer;
  };
}

/** `negated` answers true, so that the negation around it is false. */
const answersWhereMissing = { false: FALSE, negated: TRUE } as const;
