import type { ResponseOf, Contracts } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import type { Document } from '../changes/document.ts';
import { toldOf, type Told } from '../changes/last-changes.ts';
import type { Storage } from '../db/storage.ts';
import { environmentsOf } from '../environments/find.ts';
import { cellOf } from './cell.ts';
import { definitionOf } from './find.ts';
import { linesIn } from './lines.ts';
import { dependentFlags } from './references.ts';
import { staleReason } from './stale.ts';

type List = ResponseOf<Contracts['GET /orgs/:org/projects/:project/flags']>;
type Detail = ResponseOf<Contracts['GET /orgs/:org/projects/:project/flags/:flag']>;
type FlagHere = Document<'environment-flag'> & { readonly environment: string };

/** The list of flags: active ones, or only archived ones. */
export function flagList(storage: Storage, state: State, archived: 'no' | 'only', now: Date): List {
  const environments = environmentsOf(state).map(({ key }) => key);
  const wanted = state.list('flag').filter(({ body }) => (body.archivedAt === undefined) === (archived === 'no'));
  const found = wanted.map((definition) => ({ definition, here: everywhere(state, definition.key, environments) }));
  const told = toldOf(
    storage,
    state.scope,
    found.map(({ definition, here }) => lastRevision(definition, here)),
  );
  const flags = found.map(({ definition, here }) => {
    const last = told.get(lastRevision(definition, here));
    const bodies = here.map(({ body }) => body);
    const stale = staleReason(definition.body, bodies, last?.atMs, now);
    return {
      definition: definition.body,
      environments: Object.fromEntries(here.map(({ environment, body }) => [environment, cellOf(body)])),
      ...(last !== undefined && { lastChange: lastChangeOf(last, definition.key) }),
      ...(stale !== undefined && { stale }),
    };
  });
  return { flags, revision: state.revision };
}

/** One flag in all environments, and who depends on it. */
export function flagDetail(storage: Storage, state: State, key: string): Detail {
  const definition = definitionOf(state, key);
  const environments = environmentsOf(state).map((environment) => environment.key);
  const here = everywhere(state, key, environments);
  const revision = lastRevision(definition, here);
  const last = toldOf(storage, state.scope, [revision]).get(revision);
  return {
    definition: { document: definition.body, revision: definition.revision },
    environments: Object.fromEntries(
      here.map(({ environment, body, ...flag }) => [environment, { document: body, revision: flag.revision }]),
    ),
    ...(last !== undefined && { lastChange: lastChangeOf(last, key) }),
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

function lastChangeOf({ revision, atMs, by, sentences }: Told, key: string): NonNullable<Detail['lastChange']> {
  const own = sentences.filter((sentence) => sentence.key === key);
  const summary = (own.length > 0 ? own : sentences.slice(0, 1)).map((sentence) => sentence.summary).join(', ');
  return { revision, at: new Date(atMs).toISOString(), by, summary };
}
