import type { Test } from './answer.ts';
import type { Serving } from './serving.ts';

/** Where its test is *true*, or it has none, a step serves. Where nothing comes of that, `miss` serves, or the next step is taken. */
export type Action = readonly [test: Test | undefined, serve: Serving, miss?: Serving | undefined];

/**
 * One thing that may decide a flag. It tells where in the flag it comes from but does not hold on to it: what is compiled outlives
 * the document.
 */
export interface Step {
  readonly step: 'override' | 'off' | 'needs' | 'prerequisite' | 'pin' | 'rule' | 'fallthrough';
  /** Its place among the flag's prerequisites, pins or rules. */
  readonly at: number;
  readonly test: Action[0];
  readonly serve: Action[1];
  readonly miss: Action[2];
}
