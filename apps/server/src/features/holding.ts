import { resolve, type FlagSet } from '@taffrail/engine';
import type { Feature } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import type { Known } from '../contexts/known.ts';
import { evaluable } from '../flags/evaluating.ts';
import { kindsAskedBy } from '../flags/kinds.ts';
import type { Lines } from '../flags/lines.ts';
import { variantGiven } from './staged-flag.ts';

/** A feature's flags in an environment, ready to be asked who has them. */
export interface Held {
  readonly set: FlagSet;
  /** By flag, the variant that means having it; none where the flag is not there. */
  readonly variants: ReadonlyMap<string, string | undefined>;
  readonly nowMs: number;
}

/** How many of a feature's flags a context has. */
export type Holding = 'all' | 'some' | 'none';

export function heldIn(state: State, environment: string, lines: Lines, feature: Feature, now: Date): Held {
  const variants = feature.flags.map((flag) => {
    const here = state.get('environment-flag', flag, environment)?.body;
    return [flag, here && variantGiven(feature, here)] as const;
  });
  return { set: evaluable(lines, feature.flags), variants: new Map(variants), nowMs: now.getTime() };
}

/** How many of a feature's flags a context has: to have one is to be served the variant that means so. */
export function holdingOf({ set, variants, nowMs }: Held, { context }: Known): Holding {
  const had = [...variants].filter(([flag, variant]) => {
    return variant !== undefined && resolve(set, flag, context, nowMs).variant === variant;
  });
  if (had.length === variants.size) return 'all';
  return had.length === 0 ? 'none' : 'some';
}

/** The kinds that a feature is counted over: those that its flags ask, or all that are known if they answer everybody alike. */
export function kindsCounted(looks: readonly Lines[], { flags }: Feature, known: ReadonlyMap<string, unknown>): string[] {
  if (known.size === 0) return [];
  const asked = new Set(looks.flatMap((lines) => flags.flatMap((flag) => [...kindsAskedBy(lines, flag)])));
  return asked.size > 0 ? [...asked].sort() : [...known.keys()];
}
