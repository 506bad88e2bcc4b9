import type { DocumentId } from '../changes/document.ts';
import { commandRoute, route, type Route } from '../http/route.ts';
import { killFlag, turnFlag, unlockFlag } from './acts.commands.ts';
import { createFlag } from './create-flag.ts';
import { archiveFlag, describeFlag, restoreFlag } from './definition.commands.ts';
import { flagDetail, flagList } from './flags.views.ts';
import { pinFlag } from './pin-flag.ts';
import { publishEdits } from './publish-edits.ts';
import { rolloutFlag } from './rollout-flag.ts';
import { why } from './why.ts';

const project = '/orgs/:org/projects/:project';
const flag = `${project}/flags/:flag` as const;
const here = `${project}/environments/:environment/flags/:flag` as const;

export const flagRoutes: readonly Route[] = [
  route(`GET ${project}/flags`, ({ params, query, reads, now }, { storage, commits }) =>
    flagList(storage, commits.state(scopeOf(params)), { archived: query.archived ?? 'no', reads }, now),
  ),
  route(`GET ${flag}`, ({ params, reads }, { storage, commits }) =>
    flagDetail(storage, commits.state(scopeOf(params)), params.flag, reads),
  ),
  route(`POST ${here}/why`, ({ params, body, now }, { storage, commits }) =>
    why(storage, commits.state(scopeOf(params)), params, body.context, now),
  ),

  commandRoute(`POST ${project}/flags`, { command: createFlag }),
  commandRoute(`PATCH ${flag}`, { command: describeFlag, document: definition }),
  commandRoute(`POST ${flag}/archive`, { command: archiveFlag, document: definition }),
  commandRoute(`POST ${flag}/restore`, { command: restoreFlag, document: definition }),
  commandRoute(`POST ${project}/publish`, {
    command: publishEdits,
    environments: ({ edits }) => edits.map(({ environment }) => environment),
  }),
  commandRoute(`POST ${here}/turn`, { command: turnFlag, document: flagHere }),
  commandRoute(`POST ${here}/pin`, { command: pinFlag, document: flagHere }),
  commandRoute(`POST ${here}/rollout`, { command: rolloutFlag, document: flagHere }),
  commandRoute(`POST ${here}/kill`, { command: killFlag, document: flagHere }),
  commandRoute(`POST ${here}/unlock`, { command: unlockFlag, document: flagHere }),
];

function scopeOf({ org, project: key }: { readonly org: string; readonly project: string }) {
  return { org, project: key };
}

function definition(params: Record<string, string>): DocumentId {
  return { sort: 'flag', key: params['flag'] ?? '' };
}

function flagHere(params: Record<string, string>): DocumentId {
  return { sort: 'environment-flag', key: params['flag'] ?? '', environment: params['environment'] };
}
