import { Type } from 'typebox';
import { email, instant, name, password, slug, strict } from '../atoms.ts';
import type { Contract, ContractKey } from '../contract.ts';
import { grant, organization } from '../documents.ts';

const person = strict({ id: Type.String(), email: Type.String(), name: Type.String() });
const place = strict({ organization, grants: Type.Array(grant) });

export const session = strict({
  person,
  /** The organizations the person belongs to, with their grants. */
  organizations: Type.Array(place),
  /** The secret-free id of what authenticated: a session or a token. */
  via: Type.Enum(['session', 'token']),
  serverVersion: Type.String(),
});

const linkSecret = Type.String({ minLength: 20, maxLength: 200 });

export const sessionContracts = {
  'POST /session': {
    operation: 'signIn',
    summary: 'Sign in with e-mail and password',
    permission: 'public',
    body: strict({ email, password: Type.String({ maxLength: 128 }) }),
    response: session,
    errors: ['BAD_CREDENTIALS', 'TOO_MANY_REQUESTS'],
  },
  'POST /session/link/inspect': {
    operation: 'inspectLink',
    summary: 'Say what a sign-in or invitation link is for, without using it',
    permission: 'public',
    body: strict({ link: linkSecret }),
    response: strict({
      purpose: Type.Enum(['first-sign-in', 'sign-in', 'invitation']),
      email: Type.Optional(Type.String()),
      organization: Type.Optional(Type.String()),
      /** True if the person has no password yet and must choose one. */
      needsPassword: Type.Boolean(),
      expiresAt: instant,
    }),
    errors: ['LINK_SPENT', 'TOO_MANY_REQUESTS'],
  },
  'POST /session/link': {
    operation: 'useLink',
    summary: 'Use a one-time sign-in or invitation link',
    permission: 'public',
    body: strict({ link: linkSecret, email: Type.Optional(email), name: Type.Optional(name), password: Type.Optional(password) }),
    response: session,
    errors: ['LINK_SPENT', 'TOO_MANY_REQUESTS', 'INVALID', 'BAD_CREDENTIALS', 'ALREADY_EXISTS'],
  },
  'GET /session': {
    operation: 'getSession',
    summary: 'Who is signed in, and where',
    permission: 'signed-in',
    response: session,
    errors: [],
  },
  'DELETE /session': {
    operation: 'signOut',
    summary: 'Sign out',
    permission: 'signed-in',
    response: strict({}),
    errors: [],
  },
  'PUT /session/password': {
    operation: 'changePassword',
    summary: 'Change your password; your other sessions end',
    permission: 'signed-in',
    body: strict({ current: Type.Optional(Type.String({ maxLength: 128 })), password }),
    response: strict({}),
    errors: ['BAD_CREDENTIALS', 'TOO_MANY_REQUESTS', 'INVALID'],
  },
  'POST /session/tokens': {
    operation: 'createPersonalToken',
    summary: 'Create a personal token; its secret is shown once',
    permission: 'signed-in',
    body: strict({ organization: slug, name, expiresAt: Type.Optional(instant) }),
    response: strict({ id: Type.String(), secret: Type.String() }),
    errors: ['NOT_FOUND', 'FORBIDDEN', 'INVALID'],
  },
} as const satisfies Record<ContractKey, Contract>;
