import type { InstallKey } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command } from '../changes/command.ts';

/** Creates a key of an install. The route drew its secret, which is no part of this. */
export const createInstallKey = command<Pick<InstallKey, 'id' | 'name' | 'project' | 'install' | 'expiresAt'>>({
  name: 'install-key.create',
  version: 1,
  permission: 'install.manage',
  apply(_state, input, { now, actor }) {
    const after: InstallKey = { ...input, createdAt: now.toISOString(), createdBy: actor.name };
    const summary = `install key ${after.name} of ${after.project}/${after.install} created`;
    return {
      write: [{ sort: 'install-key', key: after.id, body: after }],
      changes: [{ kind: 'install-key.created', sort: 'install-key', key: after.id, summary, after }],
    };
  },
});

/** Revokes an install key: from now on it is unknown, and its streams end. */
export const revokeInstallKey = command<{ readonly key: string; readonly project: string; readonly install: string }>({
  name: 'install-key.revoke',
  version: 1,
  permission: 'install.manage',
  apply(state, { key, project, install }, { now }) {
    const before = state.get('install-key', key)?.body;
    if (before?.project !== project || before.install !== install) fail('NOT_FOUND', 'There is no such key.');
    if (before.revokedAt !== undefined) return { write: [], changes: [] };
    const after = { ...before, revokedAt: now.toISOString() };
    const summary = `install key ${before.name} of ${project}/${install} revoked`;
    return {
      write: [{ sort: 'install-key', key, body: after }],
      changes: [{ kind: 'install-key.revoked', sort: 'install-key', key, summary, before, after }],
    };
  },
});
