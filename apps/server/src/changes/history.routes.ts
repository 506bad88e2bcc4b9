import { limits, type HistoryEntry } from '@taffrail/schema';
import type { Deps } from '../deps.ts';
import { rollbackEnvironment } from '../environments/rollback-environment.ts';
import { commandRoute, route, type Route } from '../http/route.ts';
import type { Scope } from './document.ts';
import { entryOf } from './entry.ts';
import { eraseEntry } from './erase-entry.ts';
import { exportHistory } from './export-history.ts';
import { newestEntries, type Filter } from './history.store.ts';
import { environmentsRead, seenOf, type Reads } from './seen.ts';
import { undoChange } from './undo-change.ts';
import { verifyHistory } from './verify-history.ts';

const project = '/orgs/:org/projects/:project';

export const historyRoutes: readonly Route[] = [
  route('GET /orgs/:org/history', ({ params: { org }, query, reads }, deps) => page(deps, { org }, query, reads)),
  route('GET /orgs/:org/history/verify', ({ params: { org } }, { storage }) => verifyHistory(storage, org)),
  route('POST /orgs/:org/history/:seq/erase', ({ params: { org, seq }, body, caller, now }, deps) =>
    eraseEntry({ org, seq: Number(seq), actor: caller.actor, reason: body.reason, now }, deps),
  ),
  route(`GET ${project}/history`, ({ params, query, reads }, deps) => page(deps, scopeOf(params), query, reads)),
  route(`GET ${project}/history/export`, async ({ params, query, reads, response }, deps) => {
    const scope = scopeOf(params);
    await exportHistory(response, deps.storage, scope, { ...query, within: withinOf(deps, scope, reads) }, reads);
    return undefined;
  }),
  commandRoute(`POST ${project}/history/:revision/undo`, { command: undoChange }),
  commandRoute(`POST ${project}/environments/:environment/rollback`, { command: rollbackEnvironment }),
];

function page(
  deps: Deps,
  scope: Scope,
  { limit = limits.pageSize, ...query }: Filter & { readonly limit?: number | undefined },
  reads: Reads,
): { entries: HistoryEntry[]; next?: number } {
  const filter = { ...query, within: withinOf(deps, scope, reads) };
  const rows = deps.storage.query((db) => newestEntries(db, scope, filter, limit + 1));
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { entries: shown.flatMap((row) => seenOf(entryOf(row), reads) ?? []), ...(last !== undefined && { next: last.seq }) };
}

/** The environments to look in; undefined where there are none, or all may be read. */
function withinOf({ commits }: Deps, scope: Scope, reads: Reads): readonly string[] | undefined {
  return reads() ? undefined : environmentsRead(commits.state(scope), reads);
}

function scopeOf({ org, project: key }: { readonly org: string; readonly project: string }): Scope {
  return { org, project: key };
}
