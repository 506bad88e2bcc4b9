import type { Grant, Member } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command, type State } from '../changes/command.ts';
import type { Document } from '../changes/document.ts';
import { allInWords, isOwner, refuseBeyond } from './granting.ts';
import { sameEmail } from './same-email.ts';

/** Invites somebody. The link that goes with it was drawn by the route; its secret is no part of this. */
export const inviteMember = command<{
  readonly id: string;
  readonly email: string;
  readonly grants: Grant[];
  readonly expiresAt: string;
}>({
  name: 'member.invite',
  version: 1,
  permission: 'member.manage',
  apply(state, { id, email, grants, expiresAt }, { now, actor }) {
    refuseBeyond(state, actor, grants);
    const address = sameEmail(email);
    if (state.list('member').some(({ body }) => body.email === address))
      fail('ALREADY_EXISTS', `${address} is a member already.`);
    const open = state.list('invitation').filter(({ body }) => body.email === address);
    if (open.some(({ body }) => body.expiresAt > now.toISOString())) {
      fail('ALREADY_EXISTS', `${address} is invited already. Withdraw that invitation to make another.`);
    }
    const after = { id, email: address, grants, createdAt: now.toISOString(), expiresAt };
    const summary = `invited ${address} as ${allInWords(grants)}`;
    return {
      write: [...open.map(({ sort, key }) => ({ sort, key })), { sort: 'invitation', key: id, body: after }],
      changes: [{ kind: 'member.invited', sort: 'invitation', key: id, summary, after }],
    };
  },
});

/** Takes an invitation back. */
export const withdrawInvitation = command<{ readonly invitation: string }>({
  name: 'member.withdraw',
  version: 1,
  permission: 'member.manage',
  apply(state, { invitation }, { actor }) {
    const before = state.get('invitation', invitation)?.body ?? fail('NOT_FOUND', 'There is no such invitation.');
    refuseBeyond(state, actor, before.grants);
    const summary = `invitation of ${before.email} withdrawn`;
    return {
      write: [{ sort: 'invitation', key: invitation }],
      changes: [{ kind: 'member.invitation-withdrawn', sort: 'invitation', key: invitation, summary, before: { ...before } }],
    };
  },
});

/** Somebody joins: by an invitation, with what it grants; or by the first sign-in of an organization that nobody owns yet. */
export const joinOrganization = command<{
  readonly person: { readonly id: string; readonly email: string; readonly name: string };
  readonly invitation?: string;
}>({
  name: 'member.join',
  version: 1,
  permission: 'member.manage',
  apply(state, { person, invitation }, { now }) {
    if (state.get('member', person.id)) fail('ALREADY_EXISTS', 'You are a member already.');
    const grants = invitation === undefined ? ofFirstOwner(state) : ofInvitation(state, invitation);
    const after: Member = { ...person, grants, joinedAt: now.toISOString() };
    const summary = `${person.name} (${person.email}) joined as ${allInWords(grants)}`;
    return {
      write: [
        { sort: 'member', key: person.id, body: after },
        ...(invitation === undefined ? [] : [{ sort: 'invitation' as const, key: invitation }]),
      ],
      changes: [{ kind: 'member.joined', sort: 'member', key: person.id, summary, after }],
    };
  },
});

function ofInvitation(state: State, invitation: string): Grant[] {
  return state.get('invitation', invitation)?.body.grants ?? fail('LINK_SPENT', 'This invitation was withdrawn.');
}

function ofFirstOwner(state: State): Grant[] {
  const hasOwner = state.list('member').some(({ body }) => isOwner(body.grants));
  return hasOwner
    ? fail('LINK_SPENT', 'The organization has an owner already. Ask them for an invitation.')
    : [{ role: 'owner' }];
}

/** Replaces what a member may do. */
export const replaceGrants = command<{ readonly member: string; readonly grants: Grant[] }>({
  name: 'member.replace-grants',
  version: 1,
  permission: 'member.manage',
  apply(state, { member, grants }, { actor }) {
    const { body: before } = memberOf(state, member);
    refuseBeyond(state, actor, [...before.grants, ...grants]);
    keepAnOwner(state, member, grants);
    if (allInWords(before.grants) === allInWords(grants)) return { write: [], changes: [] };
    const after = { ...before, grants };
    const summary = `${before.name}: ${allInWords(before.grants)} → ${allInWords(grants)}`;
    return {
      write: [{ sort: 'member', key: member, body: after }],
      changes: [{ kind: 'member.grants-replaced', sort: 'member', key: member, summary, before, after }],
    };
  },
});

/** Removes a member, and revokes their tokens here. */
export const removeMember = command<{ readonly member: string }>({
  name: 'member.remove',
  version: 1,
  permission: 'member.manage',
  apply(state, { member }, { now, actor }) {
    const { body: before } = memberOf(state, member);
    refuseBeyond(state, actor, before.grants);
    keepAnOwner(state, member, []);
    const tokens = state.list('token').filter(({ body }) => body.member === member && body.revokedAt === undefined);
    const revoked = tokens.map(({ key, body }) => ({
      sort: 'token' as const,
      key,
      body: { ...body, revokedAt: now.toISOString() },
    }));
    const summary = `${before.name} (${before.email}) removed`;
    return {
      write: [{ sort: 'member', key: member }, ...revoked],
      changes: [{ kind: 'member.removed', sort: 'member', key: member, summary, before }],
    };
  },
});

const memberOf = (state: State, member: string): Document<'member'> =>
  state.get('member', member) ?? fail('NOT_FOUND', 'There is no such member.');

function keepAnOwner(state: State, member: string, grants: readonly Grant[]): void {
  const rest = state.list('member').filter(({ key }) => key !== member);
  const isKept = isOwner(grants) || rest.some(({ body }) => isOwner(body.grants));
  if (!isKept) fail('LAST_OWNER', 'They are the only owner. Make somebody else an owner first.');
}
