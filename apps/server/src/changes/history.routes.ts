import { limits, type HistoryEntry } from '@taffrail/schema';
import type { Storage } from '../db/storage.ts';
import { rollbackEnvironment } from '../environments/rollback-environment.ts';
import { commandRoute, route, type Route } from '../http/route.ts';
import type { Scope } from './document.ts';
import { entryOf } from './entry.ts';
import { exportHistory } from './export-history.ts';
import { newestEntries, type Filter } from './history.store.ts';
import { undoChange } from './undo-change.ts';
import { verifyHistory } from './verify-history.ts';

const project = '/orgs/:org/projects/:project';

export const historyRoutes: readonly Route[] = [
  route('GET /orgs/:org/history', ({ params: { org }, query }, { storage }) => page(storage, { org }, query)),
  route('GET /orgs/:org/history/verify', ({ params: { org } }, { storage }) => verifyHistory(storage, org)),
  route(`GET ${project}/history`, ({ params, query }, { storage }) => page(storage, scopeOf(params), query)),
  route(`GET ${project}/history/export`, async ({ params, query, response }, { storage }) => {
    await exportHistory(response, storage, scopeOf(params), query);
    return undefined;
  }),
  commandRoute(`POST ${project}/history/:revision/undo`, { command: undoChange }),
  commandRoute(`POST ${project}/environments/:environment/rollback`, { command: rollbackEnvironment }),
];

function page(
  storage: Storage,
  scope: Scope,
  { limit = limits.pageSize, ...filter }: Filter & { readonly limit?: number | undefined },
): { entries: HistoryEntry[]; next?: number } {
  const rows = storage.query((db) => newestEntries(db, scope, filter, limit + 1));
  const entries = rows.slice(0, limit).map(entryOf);
  const last = rows.length > limit ? entries.at(-1) : undefined;
  return { entries, ...(last !== undefined && { next: last.seq }) };
}

function scopeOf({ org, project: key }: { readonly org: string; readonly project: string }): Scope {
  return { org, project: key };
}
