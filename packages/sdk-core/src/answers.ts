import { type Context, evaluate, type FlagSet, type Json, resolve, type Resolution, type Widened } from '@taffrail/engine';
import { createAccounts, type Standpoint } from './accounts.ts';
import type { BooleanFlagKey, CodeDefault, FlagKey, ValueOf } from './typed.ts';

/** What an application asks about one context. */
export interface ContextAnswers {
  /** Whether a boolean flag serves `true`; its code default is `false`. */
  readonly isEnabled: (key: BooleanFlagKey) => boolean;
  /** The flag's value, of the type of the code default; the code default itself where the flag serves no such value. */
  readonly value: <Key extends FlagKey, T extends CodeDefault<Key>>(key: Key, codeDefault: T) => ValueOf<Key, T>;
  /** The value, and why it is that. Where the values may not be the newest, the reason says so and `flagMetadata.reason` says why. */
  readonly details: <Key extends FlagKey, T extends CodeDefault<Key>>(key: Key, codeDefault: T) => Resolution<ValueOf<Key, T>>;
}

/** The same about any context; without one, about the context that has nothing. */
export interface Answers {
  /** Whether a boolean flag serves `true`; its code default is `false`. */
  readonly isEnabled: (key: BooleanFlagKey, context?: Context) => boolean;
  /** The flag's value, of the type of the code default; the code default itself where the flag serves no such value. */
  readonly value: <Key extends FlagKey, T extends CodeDefault<Key>>(
    key: Key,
    codeDefault: T,
    context?: Context,
  ) => ValueOf<Key, T>;
  /** The value, and why it is that. Where the values may not be the newest, the reason says so and `flagMetadata.reason` says why. */
  readonly details: <Key extends FlagKey, T extends CodeDefault<Key>>(
    key: Key,
    codeDefault: T,
    context?: Context,
  ) => Resolution<ValueOf<Key, T>>;
  /** The same questions about one context, which is given once: for the length of a request, say. */
  readonly forContext: (context: Context) => ContextAnswers;
}

/** What answers are drawn from. Each is asked anew for every answer. */
export interface Ground extends Standpoint {
  readonly set: () => FlagSet | undefined;
  /** Epoch milliseconds; anything where no answer depends on it. */
  readonly nowMs: () => number;
  /** Hears of what the program should do otherwise. */
  readonly complain: (sentence: string) => void;
}

const NOBODY: Context = Object.freeze({});

/** Nothing here throws, waits, or allocates anything on the usual paths. */
export function createAnswers(ground: Ground): Answers {
  const accountOf = createAccounts(ground);

  function value<T extends Json>(key: string, codeDefault: T, context: Context = NOBODY): Widened<T> {
    const set = ground.set();
    if (set) {
      const { value: served, errorCode } = resolve(set, key, context, ground.nowMs());
      if (errorCode === undefined) {
        if (served === undefined) return codeDefault as Widened<T>;
        if (typeof served === typeof codeDefault) return served as Widened<T>;
      }
    }
    return details(key, codeDefault, context).value;
  }

  function details<T extends Json>(key: string, codeDefault: T, context: Context = NOBODY): Resolution<Widened<T>> {
    const set = ground.set();
    if (!set) return unready(codeDefault, ground);
    const resolution = evaluate(set, key, codeDefault, context, ground.nowMs());
    if (resolution.errorCode) ground.complain(`${typeof key === 'string' ? key : 'a flag'}: ${resolution.errorMessage}`);
    return accountOf(resolution, set.header);
  }

  const isEnabled = (key: string, context?: Context): boolean => value(key, false, context);
  // What was generated of a flag agrees with its code default: the check of types at run time stays the same.
  const anyones = { isEnabled, value, details } as Omit<Answers, 'forContext'>;
  return { ...anyones, forContext: (context) => about(() => context, anyones) };
}

/** Answers about the context of the moment. */
export const about = (
  context: () => Context | undefined,
  { isEnabled, value, details }: Omit<Answers, 'forContext'>,
): ContextAnswers => ({
  isEnabled: (key) => isEnabled(key, context()),
  value: (key, codeDefault) => value(key, codeDefault, context()),
  details: (key, codeDefault) => details(key, codeDefault, context()),
});

function unready<T extends Json>(codeDefault: T, { state, complain }: Ground): Resolution<Widened<T>> {
  const [errorCode, errorMessage] =
    state() === 'FATAL'
      ? (['PROVIDER_FATAL', 'The client was created without what it needs: see its log.'] as const)
      : (['PROVIDER_NOT_READY', 'No values have arrived yet: await ready() first.'] as const);
  complain(errorMessage);
  return { value: codeDefault as Widened<T>, reason: 'ERROR', errorCode, errorMessage, flagMetadata: {} };
}
