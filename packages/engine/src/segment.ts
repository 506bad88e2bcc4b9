import { FALSE, TRUE, type Test, UNKNOWN } from './answer.ts';
import { placeOf, read } from './attribute.ts';
import type { Cell, Links, Run } from './cell.ts';
import { compileCondition } from './condition.ts';
import { memberTest } from './members.ts';
import type { Segment } from './model.ts';
import { type Scope, compileWithin } from './scope.ts';

/**
 * Included keys are in, excluded ones are not, others are asked the condition. Without a key to look for in a list, only the
 * condition can say *true*.
 */
export function compileSegment(cell: Cell, links: Links): Run {
  const segment = cell.document as Segment;
  return compileWithin({ links, cell, salt: cell.key, level: 0 }, (scope) => compileLists(segment, scope));
}

function compileLists(segment: Segment, scope: Scope): Test {
  const { kind, included = [], excluded = [], hashed, when } = segment;
  const isIncluded = memberTest(included, kind, hashed);
  const isExcluded = memberTest(excluded, kind, hashed);
  const place = placeOf(kind, ['key']);
  const test: Test = when ? compileCondition(when, scope) : () => FALSE;
  if (included.length + excluded.length === 0) return test;
  return (context, nowMs) => {
    const key = read(place, context);
    if (typeof key !== 'string') return test(context, nowMs) || UNKNOWN;
    return isIncluded(key) ? TRUE : isExcluded(key) ? FALSE : test(context, nowMs);
  };
}
