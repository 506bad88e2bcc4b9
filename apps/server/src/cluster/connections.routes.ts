import type { Deps } from '../deps.ts';
import { route, type Route } from '../http/route.ts';
import { createReporter, type Report } from './report.ts';

export const connectionRoutes: readonly Route[] = [
  route('GET /orgs/:org/projects/:project/environments/:environment/connections', ({ params }, deps) => {
    const { org, project, environment } = params;
    const reports = allReports(deps);
    const isHere = (place: { org: string; project: string; environment: string }) =>
      place.org === org && place.project === project && place.environment === environment;
    const keys = deps.commits
      .state({ org })
      .list('sdk-key')
      .filter(({ body }) => isHere({ org, ...body }));
    return {
      processes: reports.flatMap(({ process, places }) =>
        places.filter(isHere).map(({ audience, streams, head }) => ({ process, audience, streams, head })),
      ),
      keys: keys
        .map(({ key }) => ({ key, streams: reports.reduce((sum, report) => sum + (report.keys[key] ?? 0), 0) }))
        .filter(({ streams }) => streams > 0),
    };
  }),
];

/** What this process would say of itself, and what the others have said. */
const allReports = ({ presence, streams }: Pick<Deps, 'presence' | 'streams'>): Report[] => [
  createReporter(presence.own, streams)(),
  ...presence.others(),
];
