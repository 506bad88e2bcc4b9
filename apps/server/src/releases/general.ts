import { shareOf, type Serve } from '@taffrail/engine';
import type { EnvironmentFlag } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import { featureHolding, standingIn } from '../features/find.ts';
import { placeOf } from '../features/line-of-stages.ts';

const allBuckets = 100_000;

/**
 * The variant that a flag is `ga` with in an environment: it serves everybody that one, pins aside, which is not its off variant, and
 * its feature, if it has one, has come to `ga`. Undefined for every other flag.
 */
export function gaVariant(state: State, environment: string, flag: EnvironmentFlag): string | undefined {
  const feature = featureHolding(state, flag.key);
  const isEarly = feature !== undefined && placeOf(standingIn(state, environment, feature.key).stage) < placeOf('ga');
  return isEarly ? undefined : variantOfAll(flag);
}

function variantOfAll({ on, locked, rules, fallthrough, off }: EnvironmentFlag): string | undefined {
  if (!on || locked || rules.length > 0) return undefined;
  const variant = soleVariant(fallthrough);
  return variant === off ? undefined : variant;
}

function soleVariant(serve: Serve): string | undefined {
  if ('variant' in serve) return serve.variant;
  const whole = 'split' in serve ? serve.arms.find((arm) => shareOf(arm) === allBuckets) : undefined;
  return whole && soleVariant(whole.serve);
}
