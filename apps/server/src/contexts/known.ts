import type { Context } from '@taffrail/engine';
import { and, asc, eq } from 'drizzle-orm';
import type { Scope } from '../changes/document.ts';
import type { Connection } from '../db/connection.ts';
import { contexts } from '../db/schema.ts';
import { none } from '../db/tables.ts';

/** A context that the server has been told of, ready to be evaluated. */
export interface Known {
  readonly key: string;
  readonly context: Context;
}

/** The known contexts of an environment by kind, in order of their keys. */
export function knownContexts(db: Connection, scope: Scope, environment: string): ReadonlyMap<string, readonly Known[]> {
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
