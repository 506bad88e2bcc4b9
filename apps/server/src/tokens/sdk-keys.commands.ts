import type { SdkKey } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command } from '../changes/command.ts';

/** Creates an SDK key of one environment. The route drew its secret, which is no part of this. */
export const createSdkKey = command<Omit<SdkKey, 'createdAt' | 'createdBy' | 'lastUsedAt' | 'revokedAt'>>({
  name: 'sdk-key.create',
  version: 1,
  permission: 'key.manage',
  apply(_state, input, { now, actor }) {
    const after: SdkKey = { ...input, createdAt: now.toISOString(), createdBy: actor.name };
    const summary = `${after.kind} key ${after.name} of ${after.project}/${after.environment} created`;
    return {
      write: [{ sort: 'sdk-key', key: after.id, body: after }],
      changes: [{ kind: 'sdk-key.created', sort: 'sdk-key', key: after.id, summary, after }],
    };
  },
});

/** Revokes an SDK key: from now on it is unknown, and its streams end. */
export const revokeSdkKey = command<{ readonly key: string; readonly project: string; readonly environment: string }>({
  name: 'sdk-key.revoke',
  version: 1,
  permission: 'key.manage',
  apply(state, { key, project, environment }, { now }) {
    const before = state.get('sdk-key', key)?.body;
    if (before?.project !== project || before.environment !== environment) fail('NOT_FOUND', 'There is no such key.');
    if (before.revokedAt !== undefined) return { write: [], changes: [] };
    const after = { ...before, revokedAt: now.toISOString() };
    const summary = `${before.kind} key ${before.name} of ${project}/${environment} revoked`;
    return {
      write: [{ sort: 'sdk-key', key, body: after }],
      changes: [{ kind: 'sdk-key.revoked', sort: 'sdk-key', key, summary, before, after }],
    };
  },
});
