import type { DocumentId } from '../changes/document.ts';
import type { Reads } from '../changes/seen.ts';
import type { Deps } from '../deps.ts';
import { commandRoute, route, type Route } from '../http/route.ts';
import { backOutProgress } from './back-out-progress.ts';
import { carryShipment, createInstall, editInstall } from './installs.commands.ts';
import { installBoard, installDetail } from './installs.views.ts';
import { installTimeline } from './install-timeline.ts';
import type { Seen } from './rows.ts';

const project = '/orgs/:org/projects/:project';
const installs = `${project}/installs` as const;

export const installRoutes: readonly Route[] = [
  route(`GET ${installs}`, ({ query, ...asked }, deps) => installBoard(seenBy(asked, deps), query)),
  route(`GET ${installs}/:install`, ({ params, ...asked }, deps) => {
    const overrides = deps.sites.overrides(params);
    return installDetail(seenBy({ params, ...asked }, deps), params.install, { ...deps.identity, overrides });
  }),
  route(`GET ${project}/install-timeline`, ({ query, ...asked }, deps) => installTimeline(seenBy(asked, deps), query)),
  route(`GET ${project}/back-outs/:backOut/progress`, ({ params, ...asked }, deps) =>
    backOutProgress(seenBy({ params, ...asked }, deps), params.backOut),
  ),

  commandRoute(`POST ${installs}`, { command: createInstall }),
  commandRoute(`PATCH ${installs}/:install`, { command: editInstall, document: definition }),
  commandRoute(`POST ${installs}/:install/carried`, { command: carryShipment }),
];

interface Asked {
  readonly params: { readonly org: string; readonly project: string };
  readonly reads: Reads;
  readonly now: Date;
}

/** What of installs somebody may see: who was given one environment alone sees none, for an install belongs to no environment. */
function seenBy({ params: { org, project: key }, reads, now }: Asked, { commits, sites }: Deps): Seen {
  const scope = { org, project: key };
  const state = commits.state(scope);
  const seen = { organization: commits.state({ org }), now };
  return reads() ? { ...seen, state, sites: sites.of(scope) } : { ...seen, state: withoutInstalls(state), sites: new Map() };
}

function withoutInstalls(state: Seen['state']): Seen['state'] {
  const sorts: ReadonlySet<string> = new Set(['install', 'carried']);
  return {
    ...state,
    get: (sort, key, environment) => (sorts.has(sort) ? undefined : state.get(sort, key, environment)),
    list: (sort, environment) => (sorts.has(sort) ? [] : state.list(sort, environment)),
  };
}

function definition(params: Record<string, string>): DocumentId {
  return { sort: 'install', key: params['install'] ?? '' };
}
