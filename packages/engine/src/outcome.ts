import type { Flag, FlagMetadata, Json, Resolution } from './model.ts';

/**
 * One thing that a flag may answer, made once and shared by all evaluations. Its value is undefined where the code default is
 * served.
 */
export type Outcome = Resolution<Json | undefined>;

/** What a resolution says beside what it serves. */
export interface Account extends Omit<Resolution, 'value' | 'variant' | 'flagMetadata'> {
  readonly facts?: FlagMetadata;
}

/** The outcome of serving a variant, or the code default where there is none. */
export function outcome(flag: Flag, variant: string | undefined, { facts, ...account }: Account): Outcome {
  const flagMetadata = Object.freeze({ ...flag.metadata, ...facts });
  return resolution({ ...account, value: variant === undefined ? undefined : flag.variants[variant], variant, flagMetadata });
}

type Parts<T> = { [name in keyof Resolution<T>]: Resolution<T>[name] | undefined };

/** All resolutions have all members, in one order, which keeps reading them fast. */
export function resolution<T>({ value, variant, reason, errorCode, errorMessage, flagMetadata }: Parts<T>): Resolution<T> {
  return Object.freeze({ value, variant, reason, errorCode, errorMessage, flagMetadata }) as Resolution<T>;
}
