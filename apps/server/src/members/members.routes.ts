import { addressOf } from '../http/hosts.ts';
import { commandRoute, route, type Route } from '../http/route.ts';
import { refuseUnknownPlaces } from './known-places.ts';
import { linkAddress } from './links.ts';
import { inviteMember, removeMember, replaceGrants, withdrawInvitation } from './members.commands.ts';

export const memberRoutes: readonly Route[] = [
  route('GET /orgs/:org/members', ({ params: { org }, now }, { commits }) => {
    const state = commits.state({ org });
    const invitations = state.list('invitation').map(({ body }) => body);
    return {
      members: state.list('member').map(({ body }) => body),
      invitations: invitations.filter(({ expiresAt }) => Date.parse(expiresAt) > now.getTime()),
    };
  }),

  route('POST /orgs/:org/invitations', (call, { commits, identity, storage, config, newId }) => {
    const { params, body, caller, now, request } = call;
    const org = params.org;
    refuseUnknownPlaces(org, body.grants, commits, storage);
    const id = newId();
    return storage.transact(() => {
      const { secret, expiresAt } = identity.links.draw({ purpose: 'invitation', org, invitation: id }, now);
      const input = { id, ...body, expiresAt };
      const { revision } = commits.commit({ scope: { org }, command: inviteMember, input, actor: caller.actor });
      return { id, link: linkAddress(addressOf(request, config.url), secret), expiresAt, revision };
    });
  }),

  commandRoute('DELETE /orgs/:org/invitations/:invitation', {
    command: withdrawInvitation,
    document: ({ invitation = '' }) => ({ sort: 'invitation', key: invitation }),
  }),

  commandRoute('PUT /orgs/:org/members/:member/grants', {
    command: replaceGrants,
    check: ({ org = '' }, { grants }, { commits, storage }) => refuseUnknownPlaces(org, grants, commits, storage),
    document: ({ member = '' }) => ({ sort: 'member', key: member }),
  }),

  commandRoute('DELETE /orgs/:org/members/:member', {
    command: removeMember,
    document: ({ member = '' }) => ({ sort: 'member', key: member }),
  }),
];
