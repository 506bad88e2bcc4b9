import type { Context } from './model.ts';

/**
 * The four answers of a condition. *Unknown*: the context lacks the data. *Unsupported*: this engine lacks the meaning.
 * The order matters: where nothing decides, `all` and `any` answer with the greatest of their parts' answers.
 */
export type Answer = 0 | 1 | 2 | 3;
export const FALSE = 0;
export const TRUE = 1;
export const UNKNOWN = 2;
export const UNSUPPORTED = 3;

/** A compiled condition. Pure: the same context and moment get the same answer. */
export type Test = (context: Context, nowMs: number) => Answer;

export const answerOf = (holds: boolean): Answer => (holds ? TRUE : FALSE);

/** Swaps true and false; what is not known stays not known. */
export const negated = (answer: Answer): Answer => (answer === TRUE ? FALSE : answer === FALSE ? TRUE : answer);

/**
 * Asks in order until one answer decides: *false* decides `all`, *true* decides `any`.
 * Undecided, the greatest answer stands.
 */
export function combine(tests: readonly Test[], decisive: typeof FALSE | typeof TRUE): Test {
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return (context, nowMs) => {
    let greatest: Answer = decisive === TRUE ? FALSE : TRUE;
    for (const test of tests) {
      const answer = test(context, nowMs);
      if (answer === decisive) return answer;
      if (answer > greatest) greatest = answer;
    }
    return greatest;
  };
}
