import { fail } from '../changes/app-error.ts';
import { nothingHere } from '../http/admission.ts';
import { commandRoute, route, type Route } from '../http/route.ts';
import { createOrganization, renameOrganization } from './orgs.commands.ts';

export const organizationRoutes: readonly Route[] = [
  route('GET /orgs/:org', ({ params: { org } }, { commits }) => {
    const state = commits.state({ org });
    return { organization: state.get('organization', org)?.body ?? fail('NOT_FOUND', nothingHere), revision: state.revision };
  }),

  route('POST /orgs', ({ body, caller, request }, { commits, identity }) => {
    const person = identity.people.byId(caller.personId ?? '');
    if (!person) fail('FORBIDDEN', 'A service token belongs to its organization. Sign in to create another one.');
    const proof = identity.prove(request);
    if (proof?.via !== 'session') fail('FORBIDDEN', 'A token belongs to its organization. Sign in to create another one.');
    const owner = { id: person.id, email: person.email, name: person.name };
    return commits.commit({
      scope: { org: body.key },
      command: createOrganization,
      input: { ...body, owner },
      actor: caller.actor,
    });
  }),

  commandRoute('PATCH /orgs/:org', {
    command: renameOrganization,
    document: ({ org = '' }) => ({ sort: 'organization', key: org }),
  }),
];
