import { isDeepStrictEqual } from 'node:util';
import type { FlagDefinition } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import { environmentsOf } from '../environments/find.ts';
import { featureHolding } from '../features/find.ts';
import { riskOfArchiving } from '../releases/readers.ts';
import { definitionChange, writeOf } from './changes.ts';
import { definitionOf } from './find.ts';
import { settledLifetime } from './lifetime.ts';
import { linesIn } from './lines.ts';
import { askersOf } from './references.ts';

const path = '/orgs/:org/projects/:project/flags/:flag';

/** Changes what a flag is in its project: owner, kind, description, expiry, links. */
export const describeFlag = command({
  name: 'flag.describe',
  version: 1,
  permission: 'flag.edit',
  apply(state: State, input: InputOf<`PATCH ${typeof path}`>, occasion: Occasion): Outcome {
    const before = definitionOf(state, input.flag).body;
    const { expiresOn: _, ...lasting } = before;
    const { description = before.description, links = before.links } = input;
    const after = { ...lasting, ...settledLifetime(before, input, occasion), description, links };
    return outcomeOf(before, after);
  },
});

/** Takes a flag out of all snapshots; SDKs then serve the code default. Refused while others ask it, or releases read it. */
export const archiveFlag = command({
  name: 'flag.archive',
  version: 1,
  permission: 'flag.edit',
  apply(state: State, { flag, accept = false }: InputOf<`POST ${typeof path}/archive`>, occasion: Occasion): Outcome {
    const before = definitionOf(state, flag).body;
    if (before.archivedAt !== undefined) return { write: [], changes: [] };
    refuseWhileAsked(state, flag);
    refuseWhileInFeature(state, flag);
    const risk = riskOfArchiving(state, flag, occasion, accept);
    const { write, changes } = outcomeOf(before, { ...before, archivedAt: occasion.now.toISOString() });
    return { write, changes: [...changes, ...risk] };
  },
});

/** Brings an archived flag back: off in every environment, its rules as they were. */
export const restoreFlag = command({
  name: 'flag.restore',
  version: 1,
  permission: 'flag.edit',
  apply(state: State, { flag }: InputOf<`POST ${typeof path}/restore`>): Outcome {
    const { archivedAt, ...after } = definitionOf(state, flag).body;
    if (archivedAt === undefined) return { write: [], changes: [] };
    const { write, changes } = outcomeOf({ ...after, archivedAt }, after);
    const restored = [...write, ...turningOffs(state, flag)];
    return { write: restored, changes };
  },
});

function outcomeOf(before: FlagDefinition, after: FlagDefinition): Outcome {
  if (isDeepStrictEqual(before, after)) return { write: [], changes: [] };
  return { write: [{ sort: 'flag', key: after.key, body: after }], changes: [definitionChange(before, after)] };
}

function turningOffs(state: State, key: string) {
  return environmentsOf(state).flatMap(({ key: environment }) => {
    const before = state.get('environment-flag', key, environment)?.body;
    return before?.on === true ? [writeOf({ environment, before, after: { ...before, on: false } })] : [];
  });
}

/** A feature goes through its stages with all its flags, or is told that one is leaving. */
function refuseWhileInFeature(state: State, flag: string): void {
  const feature = featureHolding(state, flag)?.key;
  if (feature === undefined) return;
  fail('STILL_USED', `${flag} belongs to the feature ${feature}: take it out of ${feature}, or take ${feature} to removed.`);
}

function refuseWhileAsked(state: State, flag: string): void {
  const askers = environmentsOf(state).flatMap(({ key: environment }) =>
    askersOf(linesIn(state, environment), { sort: 'flag', key: flag }).map(({ sort, key }) => `${sort} ${key} in ${environment}`),
  );
  if (askers.length > 0) fail('STILL_USED', `${flag} is still asked by ${askers.join(', ')}. Change those first.`);
}
