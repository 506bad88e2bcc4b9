import { limits, type Feature, type FlagDefinition, type Mistake } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';
import { refuseMistakes } from '../changes/mistakes.ts';
import { createFlag } from '../flags/create-flag.ts';
import { usualLastDay } from '../flags/lifetime.ts';
import { featureChange } from './changes.ts';
import { activeFeatures } from './find.ts';
import { mistakesInFeature } from './mistakes.ts';

type Input = InputOf<'POST /orgs/:org/projects/:project/features'>;

/** The segments that let people in, where a feature names no others. */
const usualAudiences: Feature['audiences'] = { internal: 'internal', 'early-access': 'early-access' };
const usualHoursAtFull = 24;

/** Groups flags into a feature, and creates those that are not there if it is told to. Flags that are there stay as they are. */
export const createFeature = command({
  name: 'feature.create',
  version: 1,
  permission: 'flag.edit',
  apply(state: State, input: Input, occasion: Occasion): Outcome {
    refuseTaken(state, input.key);
    const feature = featureFrom(input, occasion);
    const flags = input.createFlags === true ? missingFlags(state, feature, occasion) : [];
    const write: Write[] = [{ sort: 'feature', key: feature.key, body: feature }, ...flags.flatMap((flag) => flag.write)];
    refuseMistakes(mistakesIn(state.after(write), feature));
    return { write, changes: [featureChange(feature.key, undefined, feature), ...flags.flatMap((flag) => flag.changes)] };
  },
});

function refuseTaken(state: State, key: string): void {
  const taken = state.get('feature', key);
  if (taken !== undefined) {
    const archived = taken.body.archivedAt === undefined ? '' : ' It is archived: choose another key.';
    fail('ALREADY_EXISTS', `There is a feature '${key}' in this project.${archived}`);
  }
  if (activeFeatures(state).length >= limits.featuresPerProject) {
    fail('INVALID', `A project has at most ${limits.featuresPerProject} features. Archive what is done.`);
  }
}

/** As of a temporary flag: whoever acts answers for it, and it ends in 90 days, unless the input says otherwise. */
function featureFrom(input: Input, { now, newId, actor }: Occasion): Feature {
  const { key, name = key, description = '', owner = actor.name, flags, variants, audiences, hoursAtFull } = input;
  const expiresOn = input.expiresOn === undefined ? usualLastDay(now) : input.expiresOn;
  return {
    key,
    name,
    description,
    owner,
    ...(expiresOn !== null && { expiresOn }),
    flags,
    ...(variants !== undefined && { variants }),
    audiences: { ...usualAudiences, ...audiences },
    hoursAtFull: hoursAtFull ?? usualHoursAtFull,
    salt: newId(),
    createdAt: now.toISOString(),
  };
}

/** Boolean release flags, off everywhere, for as long as the feature lasts. */
function missingFlags(state: State, { key, owner, expiresOn, flags }: Feature, occasion: Occasion): Outcome[] {
  const lifetime = { ...(owner !== '' && { owner }), ...(expiresOn !== undefined && { expiresOn }) };
  const usual = { type: 'boolean', kind: 'release' } satisfies Partial<FlagDefinition>;
  return flags
    .filter((flag) => state.get('flag', flag) === undefined)
    .map((flag) => createFlag.apply(state, { key: flag, ...usual, ...lifetime, description: `Of feature ${key}` }, occasion));
}

function mistakesIn(next: State, feature: Feature): Mistake[] {
  return mistakesInFeature(next, feature).map(({ at, message }) => ({ at: `/body${at}`, message }));
}
