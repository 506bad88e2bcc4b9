import { type Answer, FALSE, type Test, TRUE, UNKNOWN, negated } from './answer.ts';
import { placeOf, read, readPlain } from './attribute.ts';
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
  const test =
    operator.prepare(
      listOf(values, () => true),
      source,
    ) ?? malformed();
  const judge = whereMissing(missing, operator.whole ? test : ofElements(match, test));
  const place = placeOf(kind, path);
  if (place.careful || match === 'none' || missing !== 'unknown') return (context) => judge(read(place, context));
  const { name } = place;
  // The usual case once more, with one call less.
  return (context) => {
    const actual = readPlain(kind, name, context);
    const answer = test(actual);
    return answer === UNKNOWN ? judge(actual) : answer;
  };
}

/** Tests an array by its elements. A single value is tested like an array that holds nothing else. */
function ofElements(match: string, test: ValueTest): ValueTest {
  const decisive = own(decisiveAnswers, match) ?? malformed();
  const ofMany: ValueTest = (actual) => (Array.isArray(actual) ? ofEach(actual, test, decisive) : test(actual));
  return match === 'none' ? (actual) => negated(ofMany(actual)) : ofMany;
}

const decisiveAnswers = { any: TRUE, none: TRUE, all: FALSE } as const;

function ofEach(elements: readonly unknown[], test: ValueTest, decisive: typeof TRUE | typeof FALSE): Answer {
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
