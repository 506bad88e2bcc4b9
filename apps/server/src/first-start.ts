import { system } from './changes/system.ts';
import type { Deps } from './deps.ts';
import { isOwner } from './members/granting.ts';
import { organizationAt } from './members/membership.ts';
import { createOrganization } from './orgs/orgs.commands.ts';
import { createProject } from './projects/projects.commands.ts';

/** The organization that a new server starts with. */
export const firstOrganization = 'default';
const firstProject = 'default';

/** Gives a new server an organization with a project and environments, so that the first sign-in asks nothing. */
export function prepareFirstStart({ commits, storage }: Pick<Deps, 'commits' | 'storage'>): void {
  if (organizationAt(storage, firstOrganization)) return;
  const org = firstOrganization;
  storage.transact(() => {
    commits.commit({ scope: { org }, command: createOrganization, input: { key: org, name: 'My organization' }, actor: system });
    const input = { key: firstProject, name: 'My project' };
    commits.commit({ scope: { org, project: firstProject }, command: createProject, input, actor: system });
  });
}

/** Whether somebody owns the first organization yet. */
export const hasOwner = ({ commits }: Pick<Deps, 'commits'>): boolean =>
  commits
    .state({ org: firstOrganization })
    .list('member')
    .some(({ body }) => isOwner(body.grants));
