import { route, type Route } from '../http/route.ts';

const project = '/orgs/:org/projects/:project';

export const streamRoutes: readonly Route[] = [
  route(`GET ${project}/stream`, (call, { streams }) => {
    streams.handleProjectStream(call);
    return undefined;
  }),
  route(`GET ${project}/environments/:environment/export`, ({ params, query, response }, { streams }) => {
    const { org, project: key, environment } = params;
    const audience = query.audience ?? 'server';
    response.setHeader('Content-Type', 'application/x-ndjson');
    response.setHeader('Cache-Control', 'no-store');
    response.end(streams.snapshot({ org, project: key, environment, audience }));
    return undefined;
  }),
];
