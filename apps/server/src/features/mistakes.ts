import type { Feature, Mistake } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import { environmentsOf, suggestion } from '../environments/find.ts';
import { activeFeatures } from './find.ts';
import { variantGiven } from './staged-flag.ts';

/** Everything that can be wrong with a feature in the state that it makes. Places are JSON pointers below the feature. */
export function mistakesInFeature(next: State, feature: Feature): Mistake[] {
  return [
    ...feature.flags.flatMap((flag, index) => mistakesInMember(next, feature, flag, `/flags/${index}`)),
    ...Object.keys(feature.variants ?? {}).flatMap((flag) => unknownMember(feature, flag)),
  ];
}

/** The mistakes that a change of anything makes in features: a flag gone from one, or in two. */
export function mistakesInFeatures(state: State, next: State): Mistake[] {
  const found = new Set(mistakesOfAll(state));
  return mistakesOfAll(next).flatMap((message) => (found.has(message) ? [] : [{ at: '', message }]));
}

function mistakesOfAll(state: State): string[] {
  return activeFeatures(state).flatMap((feature) =>
    mistakesInFeature(state, feature).map(({ message }) => `feature ${feature.key}: ${message}`),
  );
}

function mistakesInMember(next: State, feature: Feature, flag: string, at: string): Mistake[] {
  const definition = next.get('flag', flag)?.body;
  if (definition === undefined) {
    const known = next.list('flag').map(({ key }) => key);
    return [
      { at, message: `there is no flag '${flag}': create it, or say createFlags (--create-flags). ${suggestion(flag, known)}` },
    ];
  }
  if (definition.archivedAt !== undefined) return [{ at, message: `${flag} is archived: restore it first` }];
  const other = activeFeatures(next).find(({ key, flags }) => key !== feature.key && flags.includes(flag));
  if (other !== undefined) return [{ at, message: `${flag} belongs to ${other.key}: a flag is in one feature at most` }];
  return environmentsOf(next)
    .flatMap(({ key }) => withoutVariant(next, key, feature, flag))
    .slice(0, 1);
}

/** What a feature gives must be a variant of the flag, wherever the flag is. */
function withoutVariant(next: State, environment: string, feature: Feature, key: string): Mistake[] {
  const flag = next.get('environment-flag', key, environment)?.body;
  if (flag === undefined) return [];
  const variant = variantGiven(feature, flag);
  if (variant === undefined) {
    return [{ at: '/flags', message: `${key} has no variant beside its off variant in ${environment}: give it one` }];
  }
  if (Object.hasOwn(flag.variants, variant)) return [];
  const message = `${key} has no variant '${variant}' in ${environment}. ${suggestion(variant, Object.keys(flag.variants))}`;
  return [{ at: `/variants/${key}`, message }];
}

function unknownMember({ flags }: Feature, flag: string): Mistake[] {
  return flags.includes(flag) ? [] : [{ at: `/variants/${flag}`, message: `${flag} is no flag of the feature` }];
}
