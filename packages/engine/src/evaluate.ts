import { type Answer, UNKNOWN, UNSUPPORTED } from './answer.ts';
import { type Cell, documentOf } from './cell.ts';
import type { FlagSet } from './flag-set.ts';
import type { Context, ErrorCode, Flag, Json, Resolution } from './model.ts';
import type { Step } from './step.ts';
import { type Outcome, outcome, resolution } from './outcome.ts';
import { own } from './own.ts';
import { inWords } from './trouble.ts';

/** The type that a default stands for: `false` asks for a boolean. */
export type Widened<T> = T extends boolean ? boolean : T extends number ? number : T extends string ? string : T;

/**
 * Evaluates a flag, at a moment in epoch milliseconds. Pure, and never throws: what goes wrong gives the fallback, with an
 * `errorCode` and a sentence. What is returned is shared and frozen.
 */
export function evaluate<T extends Json>(
  set: FlagSet,
  key: string,
  fallback: T,
  context: Context,
  nowMs: number,
): Resolution<Widened<T>> {
  const answer = resolve(set, key, context, nowMs);
  return (isLike(answer.value, fallback) ? answer : withFallback(answer, fallback)) as Resolution<Widened<T>>;
}

/** Whether two values are of one type. Spelled out, for engines compare `typeof` with a literal without making the word. */
function isLike(a: unknown, b: unknown): boolean {
  if (typeof a === 'boolean') return typeof b === 'boolean';
  if (typeof a === 'string') return typeof b === 'string';
  return typeof a === 'number' ? typeof b === 'number' : typeof a === 'object' && typeof b === 'object';
}

/** The flag's answer whatever its type. Its value is undefined where the code default is served. */
export function resolve(set: FlagSet, key: string, context: Context, nowMs: number): Outcome {
  const cell = set.flags.get(key);
  if (!cell?.item) return failure('FLAG_NOT_FOUND', 'No such flag here: declare it, or check the key, environment or release.');
  return outcomeOf(set, cell, context, nowMs);
}

/** The answers of all flags, in the snapshot's order. A value is undefined where the code default is served. */
export function evaluateAll(set: FlagSet, context: Context, nowMs: number): (readonly [key: string, resolution: Outcome])[] {
  const answers: (readonly [string, Outcome])[] = [];
  for (const cell of set.flags.values()) if (cell.item) answers.push([cell.key, outcomeOf(set, cell, context, nowMs)]);
  return answers;
}

function outcomeOf(set: FlagSet, cell: Cell, context: Context, nowMs: number): Outcome {
  if (typeof context !== 'object' || context === null) return unreadable();
  if (cell.constant !== undefined) return cell.constant;
  try {
    const served = set.links.run(cell)(context, nowMs);
    if (typeof served === 'object') return served;
    return served === UNSUPPORTED ? stopped(set, cell, context, nowMs) : unserved(documentOf(cell) as Flag, served);
  } catch {
    return unreadable();
  }
}

/** The outcome of a flag none of whose steps serves this context. */
const unserved = (flag: Flag, answer: Answer): Outcome =>
  outcome(
    flag,
    undefined,
    answer === UNKNOWN
      ? {
          reason: 'ERROR',
          errorCode: 'TARGETING_KEY_MISSING',
          errorMessage: 'The context lacks what this flag is split by: pass a key of that kind.',
        }
      : { reason: 'DEFAULT' },
  );

/** The outcome of a flag that met something unsupported. Takes its steps again, this time taking down what and where it was. */
function stopped(set: FlagSet, cell: Cell, context: Context, nowMs: number): Outcome {
  let last: Step | undefined;
  set.links.unsupported.clear();
  set.links.run(cell)(context, nowMs, (step) => {
    set.links.unsupported.clear();
    last = step;
  });
  const met = [...set.links.unsupported];
  const unsupported = met.join(', ');
  const flag = (documentOf(cell) ?? { key: cell.key, variants: {} }) as Flag;
  const ruleId = last?.step === 'rule' ? flag.rules?.[last.at]?.id : undefined;
  const off =
    flag.off !== undefined && own(Object(flag.variants) as Flag['variants'], flag.off) !== undefined ? flag.off : undefined;
  return outcome(flag, off, {
    reason: 'ERROR',
    errorCode: 'GENERAL',
    errorMessage: met.map(inWords).join(' '),
    facts: ruleId === undefined ? { unsupported } : { unsupported, ruleId },
  });
}

const unreadable = (): Outcome => failure('INVALID_CONTEXT', 'The context could not be read: pass plain objects, by kind.');

const failure = (errorCode: ErrorCode, errorMessage: string): Outcome =>
  resolution(undefined, undefined, 'ERROR', errorCode, errorMessage);

function withFallback({ value, variant, reason, errorCode, errorMessage, flagMetadata }: Outcome, fallback: Json): Resolution {
  if (variant === undefined || errorCode !== undefined) {
    return resolution(fallback, undefined, reason, errorCode, errorMessage, flagMetadata);
  }
  const message = `The flag serves a ${typeof value}, not a ${typeof fallback}: change the default's type or the flag's.`;
  return resolution(fallback, undefined, 'ERROR', 'TYPE_MISMATCH', message, flagMetadata);
}
