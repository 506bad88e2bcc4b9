import type { DocumentId } from '../changes/document.ts';
import { commandRoute, route, type Route } from '../http/route.ts';
import { advanceFeature } from './advance-feature.ts';
import { backOutFeature } from './back-out-feature.ts';
import { bringBackFeature } from './bring-back-feature.ts';
import { createFeature } from './create-feature.ts';
import { archiveFeature, describeFeature } from './definition.commands.ts';
import { featureDetail, featureList } from './features.views.ts';
import { forgetReads, reportReads } from './report-reads.ts';
import { whoHas } from './who-has.ts';

const project = '/orgs/:org/projects/:project';
const feature = `${project}/features/:feature` as const;
const here = `${project}/environments/:environment/features/:feature` as const;

export const featureRoutes: readonly Route[] = [
  route(`GET ${project}/features`, ({ params, query, reads, now }, { storage, commits }) =>
    featureList(storage, commits.state(scopeOf(params)), { archived: query.archived ?? 'no', reads }, now),
  ),
  route(`GET ${feature}`, ({ params, reads, now }, { storage, commits }) =>
    featureDetail(storage, commits.state(scopeOf(params)), params.feature, reads, now),
  ),
  route(`GET ${here}/who`, ({ params, now }, { storage, commits }) =>
    whoHas(storage, commits.state(scopeOf(params)), params.environment, params.feature, now),
  ),
  route(`GET ${project}/reads`, ({ params }, { commits }) => {
    const state = commits.state(scopeOf(params));
    const reports = state.list('read-report').map(({ body, revision }) => ({ document: body, revision }));
    return { reads: reports, revision: state.revision };
  }),

  commandRoute(`POST ${project}/features`, { command: createFeature }),
  commandRoute(`PATCH ${feature}`, { command: describeFeature, document: definition }),
  commandRoute(`POST ${feature}/archive`, { command: archiveFeature, document: definition }),
  commandRoute(`POST ${here}/stage`, { command: advanceFeature, document: stageHere }),
  commandRoute(`POST ${here}/back-out`, { command: backOutFeature, document: stageHere }),
  commandRoute(`POST ${here}/bring-back`, { command: bringBackFeature, document: stageHere }),
  commandRoute(`PUT ${project}/reads`, { command: reportReads }),
  commandRoute(`DELETE ${project}/reads/:source`, { command: forgetReads, document: reportOf }),
];

function scopeOf({ org, project: key }: { readonly org: string; readonly project: string }) {
  return { org, project: key };
}

function definition(params: Record<string, string>): DocumentId {
  return { sort: 'feature', key: params['feature'] ?? '' };
}

function reportOf(params: Record<string, string>): DocumentId {
  return { sort: 'read-report', key: params['source'] ?? '' };
}

function stageHere(params: Record<string, string>): DocumentId {
  return { sort: 'feature-stage', key: params['feature'] ?? '', environment: params['environment'] };
}
