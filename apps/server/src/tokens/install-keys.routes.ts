import { commandRoute, route, type Route } from '../http/route.ts';
import { installOf } from '../installs/find.ts';
import { fail } from '../changes/app-error.ts';
import { drawSecret } from '../members/secret.ts';
import { createInstallKey, revokeInstallKey } from './install-keys.commands.ts';

const keys = '/orgs/:org/projects/:project/installs/:install/keys';

export const installKeyRoutes: readonly Route[] = [
  route(`POST ${keys}`, ({ params: { org, project, install }, body, caller }, { commits, identity, storage }) => {
    const { id, secret, digest } = drawSecret('install');
    return storage.transact(() => {
      const { retiredAt } = installOf(commits.state({ org, project }), install).body;
      if (retiredAt !== undefined) fail('INVALID', `${install} is retired, so no key of it would be good. Bring it back first.`);
      const input = { id, project, install, ...body };
      const { revision } = commits.commit({ scope: { org }, command: createInstallKey, input, actor: caller.actor });
      identity.credentials.add({ id, org, sort: 'install-key', digest });
      return { id, secret, revision };
    });
  }),

  // A key is a document of its organization: that is where it is looked up.
  commandRoute(`DELETE ${keys}/:key`, {
    command: revokeInstallKey,
    scope: (org) => ({ org }),
    document: ({ key = '' }) => ({ sort: 'install-key', key }),
  }),
];
