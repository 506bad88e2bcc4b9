import type { Context, Json } from '@taffrail/engine';
import type { Answers } from '../answers.ts';

/** What a matcher answers to `expect`, of vitest as of jest. */
export interface Match {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What `expect(flags)` can say once it was extended; a program adds these to the types of its test tool. */
export interface FlagMatchers<Result = void> {
  /** The flag serves this value, to this context if one is given. A code default is not served. */
  toServe(key: string, value: Json, context?: Context): Result;
  /** The flag was asked for, of a client of a test. */
  toHaveAsked(key: string): Result;
}

/** For `expect.extend`. */
export const flagMatchers = {
  toServe(flags: Pick<Answers, 'details'>, key: string, value: Json, context?: Context): Match {
    const { value: served, variant, reason, errorCode } = flags.details(key, value, context);
    const isServed = variant !== undefined && errorCode === undefined;
    return {
      pass: isServed && JSON.stringify(served) === JSON.stringify(value),
      message: () => `${key} serves ${isServed ? JSON.stringify(served) : 'the code default'} (${errorCode ?? reason})`,
    };
  },

  toHaveAsked(flags: { readonly asked: () => readonly string[] }, key: string): Match {
    const asked = flags.asked();
    return {
      pass: asked.includes(key),
      message: () => `${asked.length === 0 ? 'no flag' : asked.join(', ')} was asked for`,
    };
  },
};
