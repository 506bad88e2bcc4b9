import { FALSE, type Test, TRUE, UNKNOWN } from './answer.ts';
import type { Cell, Run } from './cell.ts';
import { compileCondition } from './condition.ts';
import { keyTest } from './members.ts';
import type { Segment } from './model.ts';
import { compileWithin, type Links, type Scope } from './scope.ts';

/**
 * Included keys are in, excluded ones are not, others are asked the condition. Without a key to look for in a list, only the
 * condition can say *true*.
 */
export function compileSegment(cell: Cell, links: Links): Run {
  const segment = cell.document as Segment;
  return compileWithin({ links, cell, salt: cell.key, level: 0 }, (scope) => compileLists(segment, scope));
}

function compileLists({ kind, included = [], excluded = [], hashed, when }: Segment, scope: Scope): Test {
  const isIncluded = keyTest(kind, included, hashed);
  const isExcluded = keyTest(kind, excluded, hashed);
  const test: Test = when === undefined ? () => FALSE : compileCondition(when, scope);
  if (included.length + excluded.length === 0) return test;
  return (context, nowMs) => {
    const answer = isIncluded(context, nowMs);
    if (answer === TRUE) return TRUE;
    if (answer === UNKNOWN) return test(context, nowMs) || UNKNOWN;
    return isExcluded(context, nowMs) === TRUE ? FALSE : test(context, nowMs);
  };
}
