import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { limits } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { route, type Route } from '../http/route.ts';
import { contextCounts, contextPage, forgetContext, putContexts, type Cursor, type Row } from './contexts.store.ts';
import type { Place } from './known.ts';

/** Contexts stored in one transaction: long imports let others have their turn in between. */
const contextsPerTransaction = 1_000;

const contexts = '/orgs/:org/projects/:project/environments/:environment/contexts';

export const contextRoutes: readonly Route[] = [
  route(`GET ${contexts}`, ({ params, query }, { storage }) => {
    const place = placeOf(params);
    const { kind, search = '', limit = limits.pageSize } = query;
    const after = query.after === undefined ? undefined : cursorOf(query.after, kind);
    return storage.query((db) => {
      const rows = contextPage(db, place, { kind, search, after, limit: limit + 1 });
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        contexts: rows.slice(0, limit).map(contextOf),
        counts: Object.fromEntries(contextCounts(db, place)),
        ...(last !== undefined && { next: cursorText(last, kind) }),
      };
    });
  }),

  route(`PUT ${contexts}/:kind`, async ({ params, body, now }, { storage, commits }) => {
    const place = placeOf(params);
    let [created, updated] = [0, 0];
    for (let from = 0; from < body.contexts.length; from += contextsPerTransaction) {
      const slice = body.contexts.slice(from, from + contextsPerTransaction);
      const stored = putContexts(storage, place, params.kind, slice, now);
      [created, updated] = [created + stored.created, updated + stored.updated];
      await yieldToOthers();
    }
    return { created, updated, revision: commits.state(place.scope).revision };
  }),

  route(`DELETE ${contexts}/:kind/:key`, ({ params }, { storage, commits }) => {
    const place = placeOf(params);
    if (!forgetContext(storage, place, params))
      fail('NOT_FOUND', `Nothing is known of ${params.kind} '${params.key}' in ${params.environment}.`);
    return { revision: commits.state(place.scope).revision };
  }),
];

function placeOf({ org, project, environment }: { org: string; project: string; environment: string }): Place {
  return { scope: { org, project }, environment };
}

/** A page of one kind goes on after a key; a page of all kinds after a kind and a key, which a space parts. */
function cursorText({ kind, key }: Row, asked: string | undefined): string {
  return asked === undefined ? `${kind} ${key}` : key;
}

function cursorOf(after: string, asked: string | undefined): Cursor {
  if (asked !== undefined) return { kind: asked, key: after };
  const space = after.indexOf(' ');
  return { kind: after.slice(0, space), key: after.slice(space + 1) };
}

function contextOf({ kind, key, attributes, lastSeenMs }: Row) {
  return { kind, key, attributes, lastSeenAt: new Date(lastSeenMs).toISOString() };
}
