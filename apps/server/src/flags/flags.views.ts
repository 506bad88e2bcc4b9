import type { ResponseOf, Contracts } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import type { Document } from '../changes/document.ts';
import { toldOf, type Told } from '../changes/last-changes.ts';
import { environmentsRead, type Reads } from '../changes/seen.ts';
import type { Storage } from '../db/storage.ts';
import { featureHolding } from '../features/find.ts';
import { cellOf } from './cell.ts';
import { definitionOf } from './find.ts';
import { killOf } from './kills.ts';
import { linesIn } from './lines.ts';
import { dependentFlags } from './references.ts';
import { staleReason } from './stale.ts';

type List = ResponseOf<Contracts['GET /orgs/:org/projects/:project/flags']>;
type Detail = ResponseOf<Contracts['GET /orgs/:org/projects/:project/flags/:flag']>;
type FlagHere = Document<'environment-flag'> & { readonly environment: string };

/** Which flags are listed, and to whom. */
interface Asked {
  readonly archived: 'no' | 'only';
  readonly reads: Reads;
}

/** The list of flags: active ones, or only archived ones. Of environments that may not be read it tells nothing. */
export function flagList(storage: Storage, state: State, { archived, reads }: Asked, now: Date): List {
  const wanted = state.list('flag').filter(({ body }) => (body.archivedAt === undefined) === (archived === 'no'));
  return { flags: flagRows(storage, state, wanted, reads, now), revision: state.revision };
}

/** Some flags as the list shows them. */
export function flagRows(
  storage: Storage,
  state: State,
  wanted: readonly Document<'flag'>[],
  reads: Reads,
  now: Date,
): List['flags'] {
  const environments = environmentsRead(state, reads);
  const found = wanted.map((definition) => ({ definition, here: everywhere(state, definition.key, environments) }));
  const told = toldOf(
    storage,
    state.scope,
    found.map(({ definition, here }) => lastRevision(definition, here)),
  );
  return found.map(({ definition, here }) => {
    const last = told.get(lastRevision(definition, here));
    // That a flag serves everybody everywhere is told to who sees everywhere.
    const bodies = reads() ? here.map(({ body }) => body) : [];
    const stale = staleReason(definition.body, bodies, last?.atMs, now);
    return {
      definition: definition.body,
      environments: Object.fromEntries(here.map(({ environment, body }) => [environment, cellOf(body)])),
      ...(last !== undefined && lastChangeOf(last, definition.key, reads)),
      ...(stale !== undefined && { stale }),
    };
  });
}

/** One flag in all environments that may be read, and who depends on it there. */
export function flagDetail(storage: Storage, state: State, key: string, reads: Reads): Detail {
  const definition = definitionOf(state, key);
  const environments = environmentsRead(state, reads);
  const here = everywhere(state, key, environments);
  const revision = lastRevision(definition, here);
  const last = toldOf(storage, state.scope, [revision]).get(revision);
  const feature = featureHolding(state, key)?.key;
  const killed = here.filter(({ body }) => body.locked);
  const kills = killed.flatMap(({ environment }) => {
    const kill = killOf(storage, state, environment, key);
    return kill === undefined ? [] : [[environment, kill] as const];
  });
  return {
    definition: { document: definition.body, revision: definition.revision },
    environments: Object.fromEntries(
      here.map(({ environment, body, ...flag }) => [environment, { document: body, revision: flag.revision }]),
    ),
    ...(last !== undefined && lastChangeOf(last, key, reads)),
    ...(feature !== undefined && { feature }),
    kills: Object.fromEntries(kills),
    dependents: [
      ...new Set(environments.flatMap((name) => dependentFlags(linesIn(state, name), [{ sort: 'flag', key }]))),
    ].sort(),
  };
}

function everywhere(state: State, key: string, environments: readonly string[]): FlagHere[] {
  return environments.flatMap((environment) => {
    const flag = state.get('environment-flag', key, environment);
    return flag === undefined ? [] : { ...flag, environment };
  });
}

function lastRevision(definition: Document<'flag'>, here: readonly FlagHere[]): number {
  return Math.max(definition.revision, ...here.map(({ revision }) => revision));
}

/** What was last said of a key in a commit, to who may read it. */
export function lastChangeOf({ revision, atMs, by, sentences }: Told, key: string, reads: Reads): Pick<Detail, 'lastChange'> {
  const seen = sentences.filter(({ environment }) => environment === undefined || reads(environment));
  const own = seen.filter((sentence) => sentence.key === key);
  const summary = (own.length > 0 ? own : seen.slice(0, 1)).map((sentence) => sentence.summary).join(', ');
  return seen.length === 0 ? {} : { lastChange: { revision, at: new Date(atMs).toISOString(), by, summary } };
}
