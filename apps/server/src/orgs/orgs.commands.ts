import { fail } from '../changes/app-error.ts';
import { command } from '../changes/command.ts';

/** Creates an organization; who creates it owns it. Without an owner it waits for one to sign in by a link. */
export const createOrganization = command<{
  readonly key: string;
  readonly name: string;
  readonly owner?: { readonly id: string; readonly email: string; readonly name: string };
}>({
  name: 'organization.create',
  version: 1,
  permission: 'org.manage',
  apply(state, { key, name, owner }, { now }) {
    if (state.get('organization', key)) fail('ALREADY_EXISTS', `There is an organization '${key}' already. Choose another key.`);
    const body = { key, name, createdAt: now.toISOString() };
    const change = {
      kind: 'organization.created',
      sort: 'organization',
      key,
      summary: `organization ${name} created`,
      after: body,
    };
    const organization = { sort: 'organization' as const, key, body };
    if (!owner) return { write: [organization], changes: [change] };
    const member = { ...owner, grants: [{ role: 'owner' as const }], joinedAt: now.toISOString() };
    return { write: [organization, { sort: 'member', key: owner.id, body: member }], changes: [change] };
  },
});

/** Gives an organization another name; its key stays. */
export const renameOrganization = command<{ readonly name: string }>({
  name: 'organization.rename',
  version: 1,
  permission: 'org.manage',
  apply(state, { name }) {
    const key = state.scope.org;
    const before = state.get('organization', key)?.body ?? fail('NOT_FOUND');
    if (before.name === name) return { write: [], changes: [] };
    const after = { ...before, name };
    const summary = `renamed ${before.name} → ${name}`;
    return {
      write: [{ sort: 'organization', key, body: after }],
      changes: [{ kind: 'organization.renamed', sort: 'organization', key, summary, before, after }],
    };
  },
});
