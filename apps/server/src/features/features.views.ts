import type { Contracts, Feature, ResponseOf } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import type { Document } from '../changes/document.ts';
import { toldOf } from '../changes/last-changes.ts';
import { environmentsRead, type Reads } from '../changes/seen.ts';
import type { Storage } from '../db/storage.ts';
import { flagRows, lastChangeOf } from '../flags/flags.views.ts';
import { differencesOf } from './differences.ts';
import { featureOf, standingIn } from './find.ts';
import { gatesUntil, type Gate } from './gates.ts';
import type { View } from './gates/gate.ts';
import { stageAfter } from './line-of-stages.ts';
import { inPrerequisiteOrder } from './order.ts';

type List = ResponseOf<Contracts['GET /orgs/:org/projects/:project/features']>;
type Detail = ResponseOf<Contracts['GET /orgs/:org/projects/:project/features/:feature']>;

/** Which features are listed, and to whom. */
interface Asked {
  readonly archived: 'no' | 'only';
  readonly reads: Reads;
}

/** The list of features: active ones, or only archived ones. Of environments that may not be read it tells nothing. */
export function featureList(storage: Storage, state: State, { archived, reads }: Asked, now: Date): List {
  const environments = environmentsRead(state, reads);
  const wanted = state.list('feature').filter(({ body }) => (body.archivedAt === undefined) === (archived === 'no'));
  const features = wanted.map((feature) => ({
    feature: feature.body,
    environments: Object.fromEntries(environments.map((key) => [key, cellOf(viewOf(state, key, feature.body, now), reads)])),
    ...lastChangeIn(storage, state, feature, environments, reads),
  }));
  return { features, revision: state.revision };
}

/** One feature: where it stands in all environments that may be read, and its flags. */
export function featureDetail(storage: Storage, state: State, key: string, reads: Reads, now: Date): Detail {
  const feature = featureOf(state, key);
  const environments = environmentsRead(state, reads);
  const ordered = inPrerequisiteOrder(state, environments.at(-1) ?? '', feature.body);
  const flags = ordered.flatMap((flag) => state.get('flag', flag) ?? []);
  return {
    feature: { document: feature.body, revision: feature.revision },
    environments: Object.fromEntries(
      environments.map((name) => [name, standingOf(viewOf(state, name, feature.body, now), reads)]),
    ),
    flags: flagRows(storage, state, flags, reads, now),
    ...lastChangeIn(storage, state, feature, environments, reads),
  };
}

function viewOf(state: State, environment: string, feature: Feature, now: Date): View {
  return { state, environment, feature, standing: standingIn(state, environment, feature.key), now };
}

function standingOf(view: View, reads: Reads): Detail['environments'][string] {
  const { key: _, ...standing } = view.standing;
  const next = stageAfter(standing.stage);
  const gates = gatesUntil(view, standing.from ?? 'removed').map((gate) => seenGate(gate, reads));
  return { ...standing, ...(next !== undefined && { next }), gates, differs: differencesOf(view) };
}

function cellOf(view: View, reads: Reads): List['features'][number]['environments'][string] {
  const { stage, since, percent } = view.standing;
  const next = stageAfter(stage);
  const shut = next === undefined ? undefined : gatesUntil(view, next).find(({ open }) => !open);
  return {
    stage,
    ...(since !== undefined && { since }),
    ...(percent !== undefined && { percent }),
    ...(next !== undefined && { next }),
    ...(shut !== undefined && { closed: seenGate(shut, reads).sentence }),
    differs: differencesOf(view).length > 0,
  };
}

/** What a gate says of other environments is told to who may read them all. */
function seenGate({ isWide, ...gate }: Gate, reads: Reads): Omit<Gate, 'isWide'> {
  if (isWide !== true || reads()) return gate;
  return { ...gate, sentence: 'It asks other environments: who may read them all can see why.' };
}

function lastChangeIn(
  storage: Storage,
  state: State,
  feature: Document<'feature'>,
  environments: readonly string[],
  reads: Reads,
): Pick<Detail, 'lastChange'> {
  const stages = environments.flatMap((environment) => state.get('feature-stage', feature.key, environment) ?? []);
  const revision = Math.max(feature.revision, ...stages.map((stage) => stage.revision));
  const last = toldOf(storage, state.scope, [revision]).get(revision);
  return last === undefined ? {} : lastChangeOf(last, feature.key, reads);
}
