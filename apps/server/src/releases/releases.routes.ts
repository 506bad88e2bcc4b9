import type { DocumentId } from '../changes/document.ts';
import { commandRoute, route, type Route } from '../http/route.ts';
import { cutRelease } from './cut-release.ts';
import { differencesBetween } from './differences.ts';
import { clearOnprem, setOnprem } from './onprem.commands.ts';
import { releaseMatrix } from './release-matrix.ts';
import { releaseDetail, releaseList, releasesOfFlag, shipmentDetail } from './releases.views.ts';
import { supportRelease } from './support-release.ts';

const project = '/orgs/:org/projects/:project';
const release = `${project}/releases/:release` as const;
const flag = `${project}/flags/:flag` as const;

export const releaseRoutes: readonly Route[] = [
  route(`GET ${project}/releases`, ({ params, query, ...asked }, { commits }) =>
    releaseList(commits.state(scopeOf(params)), query.supported, asked),
  ),
  route(`GET ${project}/release-matrix`, ({ params, query, ...asked }, { commits }) =>
    releaseMatrix(commits.state(scopeOf(params)), query, asked),
  ),
  route(`GET ${release}`, ({ params, ...asked }, { commits }) =>
    releaseDetail(commits.state(scopeOf(params)), params.release, asked),
  ),
  route(`GET ${release}/differences`, ({ params, query, reads }, { commits }) =>
    differencesBetween(commits.state(scopeOf(params)), query.from, params.release, reads),
  ),
  route(`GET ${release}/shipments/:revision`, ({ params, ...asked }, { commits }) =>
    shipmentDetail(commits.state(scopeOf(params)), params.release, Number(params.revision), asked),
  ),
  route(`GET ${flag}/releases`, ({ params, ...asked }, { commits }) =>
    releasesOfFlag(commits.state(scopeOf(params)), params.flag, asked),
  ),

  commandRoute(`POST ${project}/releases`, { command: cutRelease }),
  commandRoute(`POST ${release}/support`, { command: supportRelease, document: definition }),
  commandRoute(`PUT ${flag}/onprem`, { command: setOnprem, document: policy }),
  commandRoute(`DELETE ${flag}/onprem`, { command: clearOnprem, document: policy }),
];

function scopeOf({ org, project: key }: { readonly org: string; readonly project: string }) {
  return { org, project: key };
}

function definition(params: Record<string, string>): DocumentId {
  return { sort: 'release', key: params['release'] ?? '' };
}

function policy(params: Record<string, string>): DocumentId {
  return { sort: 'onprem', key: params['flag'] ?? '' };
}
