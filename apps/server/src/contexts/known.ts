import type { Context } from '@taffrail/engine';
import { and, asc, eq } from 'drizzle-orm';
import type { Scope } from '../changes/document.ts';
import type { Connection } from '../db/connection.ts';
import { contexts } from '../db/schema.ts';
import type { Storage } from '../db/storage.ts';
import { none } from '../db/tables.ts';

/** An environment of a project. */
export interface Place {
  readonly scope: Scope;
  readonly environment: string;
}

/** A context that the server has been told of, ready to be evaluated. */
export interface Known {
  readonly key: string;
  readonly context: Context;
}

/** Environments whose contexts are kept at hand: people look at one for a while, and then at another. */
const environmentsKept = 3;

type ByKind = ReadonlyMap<string, readonly Known[]>;
const kept = new WeakMap<Storage, Map<string, ByKind>>();

/** The known contexts of an environment by kind, in order of their keys. */
export function knownContexts(storage: Storage, place: Place): ByKind {
  const byPlace = kept.get(storage) ?? new Map<string, ByKind>();
  kept.set(storage, byPlace);
  const address = addressOf(place);
  const known = byPlace.get(address) ?? storage.query((db) => read(db, place));
  byPlace.delete(address);
  byPlace.set(address, known);
  for (const oldest of [...byPlace.keys()].slice(0, -environmentsKept)) byPlace.delete(oldest);
  return known;
}

/** To be called when what is known of an environment has changed. */
export function readAnew(storage: Storage, place: Place): void {
  kept.get(storage)?.delete(addressOf(place));
}

function addressOf({ scope: { org, project = none }, environment }: Place): string {
  return [org, project, environment].join('/');
}

function read(db: Connection, { scope, environment }: Place): ByKind {
  const rows = db
    .select({ kind: contexts.kind, key: contexts.key, attributes: contexts.attributes })
    .from(contexts)
    .where(inEnvironment(scope, environment))
    .orderBy(asc(contexts.kind), asc(contexts.key))
    .all();
  const byKind = new Map<string, Known[]>();
  for (const { kind, key, attributes } of rows) {
    const known = { key, context: { [kind]: { ...attributes, key } } };
    const others = byKind.get(kind);
    if (others === undefined) byKind.set(kind, [known]);
    else others.push(known);
  }
  return byKind;
}

export function inEnvironment({ org, project = none }: Scope, environment: string) {
  return and(eq(contexts.org, org), eq(contexts.project, project), eq(contexts.environment, environment));
}
