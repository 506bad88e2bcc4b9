import type { ErrorCode, Flag, FlagMetadata, Json, Reason, Resolution } from './model.ts';

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
export function outcome(flag: Flag, variant: string | undefined, account: Account): Outcome {
  const { reason, errorCode, errorMessage, facts } = account;
  const value = variant === undefined ? undefined : flag.variants[variant];
  return resolution(value, variant, reason, errorCode, errorMessage, metadataOf(flag, facts));
}

const none: FlagMetadata = Object.freeze({});

const metadataOf = ({ metadata }: Flag, facts: FlagMetadata | undefined): FlagMetadata =>
  metadata || facts ? Object.freeze({ ...metadata, ...facts }) : none;

/** All resolutions have all members, in one order, which keeps reading them fast. */
export function resolution<T>(
  value: T,
  variant: string | undefined,
  reason: Reason,
  errorCode?: ErrorCode,
  errorMessage?: string,
  flagMetadata: FlagMetadata = none,
): Resolution<T> {
  return Object.freeze({ value, variant, reason, errorCode, errorMessage, flagMetadata }) as Resolution<T>;
}
