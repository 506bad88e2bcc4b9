import { isDeepStrictEqual } from 'node:util';
import type { Feature } from '@taffrail/schema';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import type { Write } from '../changes/document.ts';
import { refuseMistakes } from '../changes/mistakes.ts';
import { featureChange } from './changes.ts';
import { activeFeatureOf, featureOf } from './find.ts';
import { mistakesInFeature } from './mistakes.ts';

const path = '/orgs/:org/projects/:project/features/:feature';

/** Changes what a feature is in its project. Its flags, those that join or leave too, stay as they are until it moves. */
export const describeFeature = command({
  name: 'feature.describe',
  version: 1,
  permission: 'flag.edit',
  apply(state: State, { feature, ...input }: InputOf<`PATCH ${typeof path}`>): Outcome {
    const before = activeFeatureOf(state, feature);
    return outcomeOf(state, before, edited(before, input));
  },
});

/** Puts a feature away. Its flags stay as they are, and may join another. */
export const archiveFeature = command({
  name: 'feature.archive',
  version: 1,
  permission: 'flag.edit',
  apply(state: State, { feature }: InputOf<`POST ${typeof path}/archive`>, { now }: Occasion): Outcome {
    const { body: before } = featureOf(state, feature);
    if (before.archivedAt !== undefined) return { write: [], changes: [] };
    return outcomeOf(state, before, { ...before, archivedAt: now.toISOString() });
  },
});

type Edit = Omit<InputOf<`PATCH ${typeof path}`>, 'feature'>;

function edited(before: Feature, edit: Edit): Feature {
  const { expiresOn: present, variants: named, ...lasting } = before;
  const expiresOn = edit.expiresOn === null ? undefined : (edit.expiresOn ?? present);
  const variants = edit.variants ?? named;
  return {
    ...lasting,
    name: edit.name ?? before.name,
    description: edit.description ?? before.description,
    owner: edit.owner ?? before.owner,
    flags: edit.flags ?? before.flags,
    audiences: { ...before.audiences, ...edit.audiences },
    hoursAtFull: edit.hoursAtFull ?? before.hoursAtFull,
    ...(expiresOn !== undefined && { expiresOn }),
    ...(variants !== undefined && { variants }),
  };
}

function outcomeOf(state: State, before: Feature, after: Feature): Outcome {
  if (isDeepStrictEqual(before, after)) return { write: [], changes: [] };
  const write: Write[] = [{ sort: 'feature', key: after.key, body: after }];
  if (after.archivedAt === undefined) refuseNewMistakes(state, state.after(write), before, after);
  return { write, changes: [featureChange(after.key, before, after)] };
}

/** An edit answers for the mistakes that it makes, not for those that it found: a removed feature's flags are archived. */
function refuseNewMistakes(state: State, next: State, before: Feature, after: Feature): void {
  const found = new Set(mistakesInFeature(state, before).map(({ message }) => message));
  const made = mistakesInFeature(next, after).filter(({ message }) => !found.has(message));
  refuseMistakes(made.map(({ at, message }) => ({ at: `/body${at}`, message })));
}
