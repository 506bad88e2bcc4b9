import { explain, resolve, type Context, type Entity } from '@taffrail/engine';
import { contextKey, contextKind, type Contracts, type Mistake, type ResponseOf } from '@taffrail/schema';
import { validator } from '@taffrail/schema/validate';
import { and, eq } from 'drizzle-orm';
import { refuseMistakes } from '../changes/mistakes.ts';
import type { State } from '../changes/command.ts';
import { refuseDamaged } from '../changes/damaged.ts';
import { inEnvironment } from '../contexts/known.ts';
import { contexts } from '../db/schema.ts';
import type { Storage } from '../db/storage.ts';
import { evaluable } from './evaluating.ts';
import { flagIn } from './find.ts';
import { linesIn } from './lines.ts';

type Answer = ResponseOf<Contracts['POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/why']>;

/** What a flag serves a context and what decided, step by step. Attributes that are known of a key are filled in. */
export function why(
  storage: Storage,
  state: State,
  place: { readonly environment: string; readonly flag: string },
  asked: Readonly<Record<string, unknown>>,
  now: Date,
): Answer {
  const { definition, flag } = flagIn(state, place.environment, place.flag);
  refuseDamaged(definition.body, flag.body);
  refuseMistakes(Object.entries(asked).flatMap(([kind, entity]) => mistakesIn(kind, entity)));
  const context = filledIn(storage, state, place.environment, asked as Context);
  const set = evaluable(linesIn(state, place.environment), [place.flag]);
  // A code default has a type, and here is no code: the answer is what the flag serves, of whatever type.
  const resolution = resolve(set, place.flag, context, now.getTime());
  const { trail } = explain(set, place.flag, null, context, now.getTime());
  return { resolution, trail: [...trail], context: { ...context }, revision: state.revision };
}

const mistakesInKind = validator(contextKind);
const mistakesInKey = validator(contextKey);

function mistakesIn(kind: string, entity: unknown): readonly Mistake[] {
  const at = `/body/context/${kind}`;
  const isObject = typeof entity === 'object' && entity !== null;
  const key: unknown = isObject ? (entity as { key?: unknown }).key : entity;
  return [...mistakesInKind(kind, at), ...mistakesInKey(key, isObject ? `${at}/key` : at)];
}

function filledIn(storage: Storage, state: State, environment: string, asked: Context): Context {
  const entities = Object.entries(asked).map(([kind, given]) => {
    const entity: Entity = typeof given === 'string' ? { key: given } : given;
    return [kind, { ...knownOf(storage, state, environment, kind, entity.key), ...entity }] as const;
  });
  return Object.fromEntries(entities);
}

function knownOf(storage: Storage, { scope }: State, environment: string, kind: string, key: string): object | undefined {
  const isIt = and(inEnvironment(scope, environment), eq(contexts.kind, kind), eq(contexts.key, key));
  return storage.query((db) => db.select({ attributes: contexts.attributes }).from(contexts).where(isIt).get())?.attributes;
}
