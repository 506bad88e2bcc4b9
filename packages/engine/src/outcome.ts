import type { Flag, FlagMetadata, Json, Resolution } from './model.ts';

/** One thing that a flag may answer, made once and shared by all evaluations. Without a value the code default is served. */
export type Outcome = readonly [flagKey: string, resolution: Resolution<Json | undefined>];

/** What a resolution says beside its value. */
export interface Account extends Omit<Resolution, 'value' | 'variant' | 'flagMetadata'> {
  readonly facts?: FlagMetadata;
}

/** The outcome of serving a variant, or the code default where there is none. */
export function outcome(flag: Flag, variant: string | undefined, { facts, ...account }: Account): Outcome {
  const served = variant === undefined ? { value: undefined } : { value: flag.variants[variant] as Json, variant };
  const flagMetadata = Object.freeze({ ...flag.metadata, ...facts });
  return Object.freeze([flag.key, Object.freeze({ ...served, ...account, flagMetadata })] as const);
}
