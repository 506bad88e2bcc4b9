import { commandRoute, route, type Route } from '../http/route.ts';
import { refuseUnknownPlaces } from '../members/known-places.ts';
import { drawSecret } from '../members/secret.ts';
import { createServiceToken, revokeToken } from './tokens.commands.ts';

export const tokenRoutes: readonly Route[] = [
  route('GET /orgs/:org/tokens', ({ params: { org } }, { commits, identity }) => {
    const lastUsed = identity.credentials.lastUsed(org);
    const tokens = commits.state({ org }).list('token');
    return { tokens: tokens.map(({ body }) => ({ ...body, ...usedAt(lastUsed, body.id) })) };
  }),

  route('POST /orgs/:org/tokens', ({ params: { org }, body, caller }, { commits, identity, storage }) => {
    refuseUnknownPlaces(org, body.grants, commits, storage);
    const { id, secret, digest } = drawSecret('service');
    return storage.transact(() => {
      const order = { scope: { org }, command: createServiceToken, input: { id, ...body }, actor: caller.actor };
      const { revision } = commits.commit(order);
      identity.credentials.add({ id, org, sort: 'token', digest });
      return { id, secret, revision };
    });
  }),

  commandRoute('DELETE /orgs/:org/tokens/:token', {
    command: revokeToken,
    document: ({ token = '' }) => ({ sort: 'token', key: token }),
  }),
];

/** The last use, as an answer shows it. */
export const usedAt = (lastUsed: ReadonlyMap<string, string>, id: string): { lastUsedAt?: string } => {
  const lastUsedAt = lastUsed.get(id);
  return lastUsedAt === undefined ? {} : { lastUsedAt };
};
