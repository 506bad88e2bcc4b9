import type { Cell } from './cell.ts';
import type { FlagSet } from './flag-set.ts';
import type { Context, ErrorCode, Flag, Json, Resolution } from './model.ts';
import { type Outcome, outcome } from './outcome.ts';
import { own } from './own.ts';

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
  const resolution = resolve(set, key, context, nowMs);
  const isServed = resolution.variant !== undefined && typeof resolution.value === typeof fallback;
  return (isServed ? resolution : withFallback(resolution, fallback)) as Resolution<Widened<T>>;
}

/** The flag's answer whatever its type. Its value is undefined where the code default is served. */
export function resolve(set: FlagSet, key: string, context: Context, nowMs: number): Resolution<Json | undefined> {
  const cell = set.flags.get(key);
  if (!cell?.item) return failure('FLAG_NOT_FOUND', 'No such flag here: declare it, or check the key and the environment.');
  return outcomeOf(set, cell, context, nowMs)[1];
}

/** The answers of all flags, in the snapshot's order. A value is undefined where the code default is served. */
export function evaluateAll(set: FlagSet, context: Context, nowMs: number): Outcome[] {
  const outcomes: Outcome[] = [];
  for (const cell of set.flags.values()) if (cell.item) outcomes.push(outcomeOf(set, cell, context, nowMs));
  return outcomes;
}

function outcomeOf(set: FlagSet, cell: Cell, context: Context, nowMs: number): Outcome {
  if (typeof context !== 'object' || context === null) return unreadable(cell);
  try {
    const served = set.run(cell)(context, nowMs);
    return typeof served === 'object' ? served : stopped(set, cell, context, nowMs);
  } catch {
    return unreadable(cell);
  }
}

/** The outcome of a flag that met something unsupported. Takes its steps again, this time taking down what and where it was. */
function stopped(set: FlagSet, cell: Cell, context: Context, nowMs: number): Outcome {
  let ruleId: string | undefined;
  set.unsupported.clear();
  set.run(cell)(context, nowMs, (step) => {
    set.unsupported.clear();
    ruleId = step.step === 'rule' ? step.source.id : undefined;
  });
  const unsupported = [...set.unsupported].join(', ');
  const flag = (cell.document ?? { key: cell.key, variants: {} }) as Flag;
  const off =
    flag.off !== undefined && own(Object(flag.variants) as Flag['variants'], flag.off) !== undefined ? flag.off : undefined;
  return outcome(flag, off, {
    reason: 'ERROR',
    errorCode: 'GENERAL',
    errorMessage: `This SDK does not understand ${unsupported}: update it, or change the flag.`,
    facts: ruleId === undefined ? { unsupported } : { unsupported, ruleId },
  });
}

const unreadable = ({ key }: Cell): Outcome => [
  key,
  failure('INVALID_CONTEXT', 'The context could not be read: pass plain objects, by kind.'),
];

const failure = (errorCode: ErrorCode, errorMessage: string): Resolution<undefined> =>
  Object.freeze({ value: undefined, reason: 'ERROR', errorCode, errorMessage, flagMetadata: {} });

function withFallback(resolution: Resolution<Json | undefined>, value: Json): Resolution {
  if (resolution.variant === undefined) return Object.freeze({ ...resolution, value });
  const errorMessage = `The flag serves a ${typeof resolution.value}, not a ${typeof value}: change the default's type or the flag's.`;
  return Object.freeze({
    value,
    reason: 'ERROR',
    errorCode: 'TYPE_MISMATCH',
    errorMessage,
    flagMetadata: resolution.flagMetadata,
  });
}
