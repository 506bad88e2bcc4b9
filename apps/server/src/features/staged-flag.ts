import { isDeepStrictEqual } from 'node:util';
import { rollout, type Rule, type Serve } from '@taffrail/engine';
import type { EnvironmentFlag, Feature, FeatureStage, FeatureState } from '@taffrail/schema';
import { offServe } from '../flags/pin-flag.ts';
import { sentenceOf } from '../flags/sentences.ts';

/** What of a stage's document decides about flags. */
export type Staging = Pick<FeatureStage, 'stage' | 'percent' | 'kind'>;

/** What a stage makes of a flag. Pins stay whatever the stage: people made them. */
type Shape = Pick<EnvironmentFlag, 'on' | 'rules' | 'fallthrough'>;
type Audience = keyof Feature['audiences'];

interface Parts {
  readonly feature: Feature;
  readonly staging: Staging;
  readonly given: Serve;
  readonly kept: Serve;
}

const bucketsPerPercent = 1_000;
/** By whom a rollout counts when nobody says so. */
export const usualKind = 'org';

/** One row a state. Each gives whomever the one before it gives, and more. */
const shapes: Readonly<Record<FeatureState, (parts: Parts) => Shape>> = {
  dark: off,
  internal: (parts) => ({ on: true, rules: letIn(parts, ['internal']), fallthrough: parts.kept }),
  'early-access': (parts) => ({ on: true, rules: letIn(parts, ['internal', 'early-access']), fallthrough: parts.kept }),
  percent: (parts) => ({ on: true, rules: letIn(parts, ['internal', 'early-access']), fallthrough: share(parts) }),
  ga: everybody,
  cleanup: everybody,
  removed: everybody,
  'backed-out': off,
};

function off({ kept }: Parts): Shape {
  return { on: false, rules: [], fallthrough: kept };
}

function everybody({ given }: Parts): Shape {
  return { on: true, rules: [], fallthrough: given };
}

function letIn({ feature, given }: Parts, audiences: readonly Audience[]): Rule[] {
  return audiences.map((audience) => ({ id: audience, when: { segment: feature.audiences[audience] }, serve: given }));
}

/** Always cut from the start of the hash space, so more percent hold the fewer; by the feature's salt, so flags agree on who is in. */
function share({ feature, staging: { percent = 0, kind = usualKind }, given, kept }: Parts): Serve {
  return rollout({ kind, salt: feature.salt }, Math.round(percent * bucketsPerPercent), given, kept);
}

/** The variant that means having the feature: the one the feature names, else `true`, else the first that is not the off variant. */
export function variantGiven(
  { variants: named = {} }: Pick<Feature, 'variants'>,
  { key, variants, off: offVariant }: EnvironmentFlag,
): string | undefined {
  if (Object.hasOwn(named, key)) return named[key];
  const names = Object.keys(variants);
  return names.find((name) => variants[name] === true) ?? names.find((name) => name !== offVariant);
}

/** A flag as the stage of its feature makes it: a function of the two. A kill of the flag itself stays, and nothing else does but pins. */
export function stagedFlag(feature: Feature, staging: Staging, flag: EnvironmentFlag): EnvironmentFlag {
  const variant = variantGiven(feature, flag);
  const kept = offServe(flag);
  const shape = shapes[staging.stage]({ feature, staging, given: variant === undefined ? kept : { variant }, kept });
  return { ...flag, ...shape, locked: flag.locked || staging.stage === 'backed-out' };
}

/** How a flag differs from what the stage makes of it, in words. What an off flag would serve if it were on makes no difference. */
export function differenceFrom(feature: Feature, staging: Staging, flag: EnvironmentFlag): string | undefined {
  const staged = stagedFlag(feature, staging, { ...flag, locked: false });
  if (!staged.on && !flag.on) return staged.locked && !flag.locked ? 'unlocked' : undefined;
  return isDeepStrictEqual(staged, flag) ? undefined : sentenceOf(staged, flag);
}
