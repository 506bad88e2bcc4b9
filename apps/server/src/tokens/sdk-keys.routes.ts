import { commandRoute, route, type Route } from '../http/route.ts';
import { drawSecret } from '../members/secret.ts';
import { createSdkKey, revokeSdkKey } from './sdk-keys.commands.ts';
import { usedAt } from './tokens.routes.ts';

const keys = '/orgs/:org/projects/:project/environments/:environment/keys';

export const sdkKeyRoutes: readonly Route[] = [
  route(`GET ${keys}`, ({ params: { org, project, environment } }, { commits, identity }) => {
    const lastUsed = identity.credentials.lastUsed(org);
    const all = commits.state({ org }).list('sdk-key');
    const here = all.filter(({ body }) => body.project === project && body.environment === environment);
    return { keys: here.map(({ body }) => ({ ...body, ...usedAt(lastUsed, body.id) })) };
  }),

  route(`POST ${keys}`, ({ params: { org, project, environment }, body, caller }, { commits, identity, storage }) => {
    const { id, secret, digest } = drawSecret(body.kind);
    const input = { id, project, environment, origins: [], ...body };
    return storage.transact(() => {
      const { revision } = commits.commit({ scope: { org }, command: createSdkKey, input, actor: caller.actor });
      identity.credentials.add({ id, org, sort: 'sdk-key', digest });
      return { id, secret, revision };
    });
  }),

  // A key is a document of its organization: that is where it is looked up.
  commandRoute(`DELETE ${keys}/:key`, {
    command: revokeSdkKey,
    scope: (org) => ({ org }),
    document: ({ key = '' }) => ({ sort: 'sdk-key', key }),
  }),
];
