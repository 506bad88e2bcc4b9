import { refuseMistakes } from '../changes/mistakes.ts';
import { environmentsRead } from '../changes/seen.ts';
import { commandRoute, route, type Route } from '../http/route.ts';
import { copyEnvironment } from './copy-environment.ts';
import { differencesOf } from './differences.ts';
import { suggestion } from './find.ts';

const environment = '/orgs/:org/projects/:project/environments/:environment';

/** Two environments side by side, and what one may take over from the other. */
export const copyingRoutes: readonly Route[] = [
  route(`GET ${environment}/differences`, ({ params, query: { from }, reads }, { commits }) => {
    const state = commits.state({ org: params.org, project: params.project });
    const readable = environmentsRead(state, reads);
    if (!readable.includes(from)) {
      const message = `there is no environment '${from}' that you may read. ${suggestion(from, readable)}`;
      refuseMistakes([{ at: '/query/from', message }]);
    }
    return differencesOf({ state, here: params.environment, from });
  }),
  commandRoute(`POST ${environment}/copy`, { command: copyEnvironment }),
];
