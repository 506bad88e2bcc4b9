import type { Json } from '@taffrail/engine';
import { and, asc, count, eq, gt, gte, inArray, lt, or, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { contexts } from '../db/schema.ts';
import type { Storage } from '../db/storage.ts';
import { none } from '../db/tables.ts';
import { inEnvironment, readAnew, type Place } from './known.ts';

/** What somebody tells of one context. */
export interface Told {
  readonly key: string;
  readonly attributes: Readonly<Record<string, Json>>;
}

/** Where a page begins: after this key, of this kind. */
export interface Cursor {
  readonly kind: string;
  readonly key: string;
}

export type Row = typeof contexts.$inferSelect;

/** Stores contexts of one kind in one transaction, replacing what was known of each; says how many were new. */
export function putContexts(storage: Storage, place: Place, kind: string, told: readonly Told[], now: Date) {
  return changing(storage, place, (db) => {
    const keys = [...new Set(told.map(({ key }) => key))];
    const isOfThem = and(inEnvironment(place.scope, place.environment), eq(contexts.kind, kind), inArray(contexts.key, keys));
    const updated = db.select({ count: count() }).from(contexts).where(isOfThem).get()?.count ?? 0;
    const { org, project = none } = place.scope;
    const { environment } = place;
    for (const { key, attributes } of told)
      put(db).run({ org, project, environment, kind, key, attributes, lastSeenMs: now.getTime() });
    return { created: keys.length - updated, updated };
  });
}

/** Forgets a context; false if it was not known. */
export function forgetContext(storage: Storage, place: Place, { kind, key }: Cursor): boolean {
  const isIt = and(inEnvironment(place.scope, place.environment), eq(contexts.kind, kind), eq(contexts.key, key));
  return changing(storage, place, (db) => db.delete(contexts).where(isIt).run().changes > 0);
}

function changing<T>(storage: Storage, place: Place, change: (db: Connection) => T): T {
  return storage.transact((db) => {
    storage.afterCommit(() => readAnew(storage, place));
    return change(db);
  });
}

/** A page of known contexts, in order of kind and key. `search` is how keys begin. */
export function contextPage(
  db: Connection,
  { scope, environment }: Place,
  { kind, search = '', after, limit }: { kind?: string | undefined; search?: string; after?: Cursor | undefined; limit: number },
): Row[] {
  const isAsked = and(
    inEnvironment(scope, environment),
    kind === undefined ? undefined : eq(contexts.kind, kind),
    search === '' ? undefined : and(gte(contexts.key, search), lt(contexts.key, `${search}${lastCharacter}`)),
    after && or(gt(contexts.kind, after.kind), and(eq(contexts.kind, after.kind), gt(contexts.key, after.key))),
  );
  return db.select().from(contexts).where(isAsked).orderBy(asc(contexts.kind), asc(contexts.key)).limit(limit).all();
}

/** How many contexts are known, by kind. */
export function contextCounts(db: Connection, { scope, environment }: Place): ReadonlyMap<string, number> {
  const rows = db
    .select({ kind: contexts.kind, count: count() })
    .from(contexts)
    .where(inEnvironment(scope, environment))
    .groupBy(contexts.kind)
    .all();
  return new Map(rows.map((row) => [row.kind, row.count]));
}

/** Sorts after every character that a key may go on with. */
const lastCharacter = '\u{10ffff}';

const asked = sql.placeholder;
const put = prepared((db) =>
  db
    .insert(contexts)
    .values({
      org: asked('org'),
      project: asked('project'),
      environment: asked('environment'),
      kind: asked('kind'),
      key: asked('key'),
      attributes: asked('attributes'),
      lastSeenMs: asked('lastSeenMs'),
    })
    .onConflictDoUpdate({
      target: [contexts.org, contexts.project, contexts.environment, contexts.kind, contexts.key],
      set: {
        attributes: sql`${sql.param(asked('attributes'), contexts.attributes)}`,
        lastSeenMs: sql`${asked('lastSeenMs')}`,
      },
    })
    .prepare(),
);
