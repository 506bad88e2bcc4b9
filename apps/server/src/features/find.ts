import type { Feature, FeatureStage } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import type { State } from '../changes/command.ts';
import type { Document } from '../changes/document.ts';
import { environmentOf, environmentsOf, suggestion } from '../environments/find.ts';

/** A feature, archived or not; refuses an unknown one, naming what was probably meant. */
export function featureOf(state: State, key: string): Document<'feature'> {
  const found = state.get('feature', key);
  if (found !== undefined) return found;
  const keys = state.list('feature').map((feature) => feature.key);
  return fail('NOT_FOUND', `There is no feature '${key}' in this project. ${suggestion(key, keys)}`);
}

/** A feature that may be changed: not an archived one. */
export function activeFeatureOf(state: State, key: string): Feature {
  const { body } = featureOf(state, key);
  if (body.archivedAt === undefined) return body;
  return fail('FEATURE_ARCHIVED', `${key} is archived: undo that first, or create another feature of its flags.`);
}

/** The features that are not archived. */
export function activeFeatures(state: State): Feature[] {
  return state.list('feature').flatMap(({ body }) => (body.archivedAt === undefined ? [body] : []));
}

/** The feature that a flag belongs to. */
export function featureHolding(state: State, flag: string): Feature | undefined {
  return activeFeatures(state).find(({ flags }) => flags.includes(flag));
}

/** Where a feature stands in an environment, and the revision that it came there by. */
export interface Standing extends Omit<FeatureStage, 'since'> {
  /** Absent where it has never left `dark`. */
  readonly since?: string;
  /** 0 where it has never left `dark`. */
  readonly revision: number;
}

/** Where a feature stands in an environment. */
export function standingIn(state: State, environment: string, key: string): Standing {
  environmentOf(state, environment);
  const found = state.get('feature-stage', key, environment);
  return found === undefined ? { key, stage: 'dark', revision: 0 } : { ...found.body, revision: found.revision };
}

/** Where a feature stands in each production environment. */
export function inProduction(state: State, key: string): (Standing & { readonly environment: string })[] {
  const production = environmentsOf(state).filter(({ body }) => body.production);
  return production.map((environment) => ({ environment: environment.key, ...standingIn(state, environment.key, key) }));
}
