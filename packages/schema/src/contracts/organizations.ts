import { Type } from 'typebox';
import { email, instant, name, slug, strict } from '../atoms.ts';
import { committed } from '../changes.ts';
import type { Contract, ContractKey } from '../contract.ts';
import { grant, member, organization, token } from '../documents.ts';

const invitation = strict({
  id: Type.String(),
  email: Type.String(),
  grants: Type.Array(grant),
  createdAt: instant,
  expiresAt: instant,
});
const grants = Type.Array(grant, { minItems: 1, maxItems: 200 });

export const organizationContracts = {
  'GET /orgs/:org': {
    operation: 'getOrganization',
    summary: 'Show an organization',
    permission: 'org.read',
    response: strict({ organization, revision: Type.Integer() }),
    errors: [],
  },
  'POST /orgs': {
    operation: 'createOrganization',
    summary: 'Create an organization of your own',
    permission: 'signed-in',
    body: strict({ key: slug, name }),
    response: committed,
    errors: ['ALREADY_EXISTS', 'INVALID', 'FORBIDDEN'],
  },
  'PATCH /orgs/:org': {
    operation: 'renameOrganization',
    summary: 'Rename an organization',
    permission: 'org.manage',
    body: strict({ name }),
    response: committed,
    errors: ['INVALID', 'CONFLICT'],
    command: true,
  },
  'GET /orgs/:org/members': {
    operation: 'listMembers',
    summary: 'List members and open invitations',
    permission: 'member.read',
    response: strict({ members: Type.Array(member), invitations: Type.Array(invitation) }),
    errors: [],
  },
  'POST /orgs/:org/invitations': {
    operation: 'inviteMember',
    summary: 'Invite somebody; the answer holds the link to send, shown once',
    permission: 'member.manage',
    body: strict({ email, grants }),
    response: strict({ id: Type.String(), link: Type.String(), expiresAt: instant, revision: Type.Integer() }),
    errors: ['ALREADY_EXISTS', 'FORBIDDEN', 'INVALID'],
  },
  'DELETE /orgs/:org/invitations/:invitation': {
    operation: 'withdrawInvitation',
    summary: 'Withdraw an invitation; its link stops working',
    permission: 'member.manage',
    response: committed,
    errors: [],
    command: true,
  },
  'PUT /orgs/:org/members/:member/grants': {
    operation: 'replaceGrants',
    summary: "Replace a member's grants",
    permission: 'member.manage',
    body: strict({ grants }),
    response: committed,
    errors: ['LAST_OWNER', 'FORBIDDEN', 'INVALID', 'CONFLICT'],
    command: true,
  },
  'DELETE /orgs/:org/members/:member': {
    operation: 'removeMember',
    summary: 'Remove a member; their sessions and tokens here end',
    permission: 'member.manage',
    response: committed,
    errors: ['LAST_OWNER', 'FORBIDDEN'],
    command: true,
  },
  'GET /orgs/:org/tokens': {
    operation: 'listTokens',
    summary: 'List tokens of the management API, without secrets',
    permission: 'token.manage',
    response: strict({ tokens: Type.Array(token) }),
    errors: [],
  },
  'POST /orgs/:org/tokens': {
    operation: 'createServiceToken',
    summary: 'Create a service token; its secret is shown once',
    permission: 'token.manage',
    body: strict({ name, grants, expiresAt: Type.Optional(instant) }),
    response: strict({ id: Type.String(), secret: Type.String(), revision: Type.Integer() }),
    errors: ['FORBIDDEN', 'INVALID'],
  },
  'DELETE /orgs/:org/tokens/:token': {
    operation: 'revokeToken',
    summary: 'Revoke a token',
    permission: 'token.manage',
    response: committed,
    errors: [],
    command: true,
  },
} as const satisfies Record<ContractKey, Contract>;
