import type { Actor, Grant, Token } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command, type State } from '../changes/command.ts';
import { allInWords, refuseBeyond } from '../members/granting.ts';

/** Creates a service token, which acts by grants of its own. The route drew its secret, which is no part of this. */
export const createServiceToken = command<{
  readonly id: string;
  readonly name: string;
  readonly grants: Grant[];
  readonly expiresAt?: string;
}>({
  name: 'token.create',
  version: 1,
  permission: 'token.manage',
  apply(state, { grants, ...rest }, { now, actor }) {
    refuseBeyond(state, actor, grants);
    const createdBy = answeringFor(state, actor);
    const after: Token = { ...rest, kind: 'service', grants, createdAt: now.toISOString(), ...(createdBy && { createdBy }) };
    return created(after, `service token ${after.name} created as ${allInWords(grants)}`);
  },
});

/** Who answers for what an actor creates: a token that makes tokens hides nobody. */
function answeringFor(state: State, { type, id }: Actor): string | undefined {
  return type === 'member' ? id : state.get('token', id)?.body.createdBy;
}

/** Creates a personal token, which acts as its member: it may what they may, as long as they may. */
export const createPersonalToken = command<{ readonly id: string; readonly name: string; readonly expiresAt?: string }>({
  name: 'token.create-personal',
  version: 1,
  permission: 'org.read',
  apply(state, input, { now, actor }) {
    const member = state.get('member', actor.id)?.key ?? fail('NOT_FOUND');
    const after: Token = { ...input, kind: 'personal', member, grants: [], createdAt: now.toISOString() };
    return created(after, `personal token ${after.name} created`);
  },
});

/** Revokes a token: from now on it is unknown. */
export const revokeToken = command<{ readonly token: string }>({
  name: 'token.revoke',
  version: 1,
  permission: 'token.manage',
  apply(state, { token }, { now }) {
    const before = state.get('token', token)?.body ?? fail('NOT_FOUND', 'There is no such token.');
    if (before.revokedAt !== undefined) return { write: [], changes: [] };
    const after = { ...before, revokedAt: now.toISOString() };
    const summary = `${before.kind} token ${before.name} revoked`;
    return {
      write: [{ sort: 'token', key: token, body: after }],
      changes: [{ kind: 'token.revoked', sort: 'token', key: token, summary, before, after }],
    };
  },
});

const created = (after: Token, summary: string) => ({
  write: [{ sort: 'token' as const, key: after.id, body: after }],
  changes: [{ kind: 'token.created', sort: 'token', key: after.id, summary, after }],
});
