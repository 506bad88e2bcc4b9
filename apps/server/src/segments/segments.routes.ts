import type { State } from '../changes/command.ts';
import type { Document, DocumentId } from '../changes/document.ts';
import { environmentOf } from '../environments/find.ts';
import { linesIn } from '../flags/lines.ts';
import { dependentFlags } from '../flags/references.ts';
import { commandRoute, route, type Route } from '../http/route.ts';
import { segmentOf } from './find.ts';
import { deleteSegment, putSegment } from './segments.commands.ts';

const segments = '/orgs/:org/projects/:project/environments/:environment/segments';

export const segmentRoutes: readonly Route[] = [
  route(`GET ${segments}`, ({ params: { org, project, environment } }, { commits }) => {
    const state = commits.state({ org, project });
    environmentOf(state, environment);
    const all = state.list('segment', environment).map((segment) => segmentRow(state, environment, segment));
    return { segments: all, revision: state.revision };
  }),
  route(`GET ${segments}/:segment`, ({ params: { org, project, environment, segment } }, { commits }) => {
    const state = commits.state({ org, project });
    return segmentRow(state, environment, segmentOf(state, environment, segment));
  }),
  commandRoute(`PUT ${segments}/:segment`, { command: putSegment, document: segmentId }),
  commandRoute(`DELETE ${segments}/:segment`, { command: deleteSegment, document: segmentId }),
];

function segmentRow(state: State, environment: string, { key, body, revision }: Document<'segment'>) {
  const usedBy = dependentFlags(linesIn(state, environment), [{ sort: 'segment', key }]);
  return { segment: { document: body, revision }, usedBy };
}

function segmentId(params: Record<string, string>): DocumentId {
  return { sort: 'segment', key: params['segment'] ?? '', environment: params['environment'] };
}
