import type { DocumentId } from '../changes/document.ts';
import { commandRoute, route, type Route } from '../http/route.ts';
import { backOutList } from './back-outs.views.ts';
import { makeBackOut } from './make-back-out.ts';
import { resolveBackOut } from './resolve-back-out.ts';

const project = '/orgs/:org/projects/:project';

export const backOutRoutes: readonly Route[] = [
  route(`GET ${project}/back-outs`, ({ params, query, ...asked }, { commits }) =>
    backOutList(commits.state({ org: params.org, project: params.project }), query.open, asked),
  ),
  commandRoute(`POST ${project}/back-outs`, { command: makeBackOut }),
  commandRoute(`POST ${project}/back-outs/:backOut/resolve`, { command: resolveBackOut, document: backOut }),
];

function backOut(params: Record<string, string>): DocumentId {
  return { sort: 'back-out', key: params['backOut'] ?? '' };
}
