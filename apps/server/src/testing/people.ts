import type { Grant } from '@taffrail/schema';
import type { Answer, RunningServer } from './running-server.ts';

/** Somebody who is signed in, with a token too. */
export interface SignedIn {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly cookie: string;
  /** A personal token in the organization that they joined. */
  readonly token: string;
}

const password = 'correct horse battery';

/** The cookie that an answer sets, as a browser sends it back. */
export const cookieOf = ({ headers }: Answer): string => headers.get('set-cookie')?.split(';')[0] ?? '';

/** Uses the first link of a new server: its first owner. */
export function signUpOwner(server: RunningServer, email = 'ana@example.org'): Promise<SignedIn> {
  return signUp(server, server.firstLink, email, 'default');
}

/** Invites somebody and lets them join. */
export async function joinAs(server: RunningServer, org: string, by: string, email: string, grants: Grant[]): Promise<SignedIn> {
  const invited = await server.send<{ link: string }>('POST', `/api/v1/orgs/${org}/invitations`, {
    token: by,
    body: { email, grants },
  });
  return signUp(server, invited.body.link.split('#')[1] ?? '', email, org);
}

/** A personal token for somebody in an organization of theirs. */
export async function tokenOf(server: RunningServer, { cookie }: { cookie: string }, organization: string): Promise<string> {
  const made = await server.send<{ secret: string }>('POST', '/api/v1/session/tokens', {
    cookie,
    body: { organization, name: 'test' },
  });
  return made.body.secret;
}

async function signUp(server: RunningServer, link: string, email: string, org: string): Promise<SignedIn> {
  const body = { link, email, name: email.split('@')[0], password };
  const joined = await server.send<{ person: { id: string } }>('POST', '/api/v1/session/link', { body });
  if (joined.status !== 200) throw new Error(`${email} could not join: ${joined.text}`);
  const cookie = cookieOf(joined);
  return { id: joined.body.person.id, email, password, cookie, token: await tokenOf(server, { cookie }, org) };
}
