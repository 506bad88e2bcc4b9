import { flagWhen, itemOf } from '../../packages/engine/src/set.test-kit.ts';
import { type Case, cases, conditionIn, contextIn } from '../../packages/engine/src/rows/cases.test-kit.ts';
import type { Group } from './file.ts';
import { groupOf } from './group.ts';

/** What each operator means: a flag for each condition among its examples. */
export const operators = (): Group[] => Object.entries(cases).map(([op, examples]) => operator(op, examples));

function operator(op: string, examples: readonly Case[]): Group {
  const flags = new Map<string, string>();
  for (const one of examples) {
    const when = JSON.stringify(conditionIn(op, one));
    if (!flags.has(when)) flags.set(when, `${op}-${flags.size + 1}`);
  }
  const keyOf = (one: Case): string => flags.get(JSON.stringify(conditionIn(op, one))) ?? '';
  const items = new Map(examples.map((one) => [keyOf(one), itemOf(flagWhen(keyOf(one), conditionIn(op, one)))]));
  return groupOf(
    `operator ${op}`,
    [...items.values()],
    examples.map((one) => [one[0], keyOf(one), contextIn(one)]),
  );
}
