import { hostname } from 'node:os';
import type { Contracts, ResponseOf } from '@taffrail/schema';
import { createApi, type Api } from './api.ts';
import { Failure } from './failure.ts';
import { present } from './present.ts';
import type { Terminal } from './terminal.ts';

export type Session = ResponseOf<Contracts['GET /session']>;

/** How a person proves who they are. */
export interface Proof {
  readonly link?: string | undefined;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly password?: string | undefined;
  /** Where the token is to work, if the person belongs to several. */
  readonly organization?: string | undefined;
}

/** Signs in, makes a personal token, and ends the session again: what stays is the token. */
export async function personalToken(url: string, proof: Proof, terminal: Terminal): Promise<string> {
  const { signal } = terminal;
  const cookie = await signIn(createApi({ url, signal }), proof, terminal);
  const api = createApi({ url, signal, cookie });
  const organization = proof.organization ?? onlyOrganization(await api.call('GET /session', {}));
  const { secret } = await api.call('POST /session/tokens', {
    body: { organization, name: `taffrail on ${hostname()}`.slice(0, 128) },
  });
  await api.call('DELETE /session', {});
  return secret;
}

async function signIn(api: Api, proof: Proof, terminal: Terminal): Promise<string> {
  const response =
    proof.link === undefined ? await byPassword(api, proof, terminal) : await byLink(api, proof.link, proof, terminal);
  const cookie = response.headers.getSetCookie().map((header) => header.split(';')[0]);
  await response.body?.cancel();
  return cookie.join('; ');
}

async function byPassword(api: Api, { email, password }: Proof, terminal: Terminal): Promise<Response> {
  if (email === undefined) throw new Failure('USAGE', 'Say how to log in: --token -, --link LINK, or --email ADDRESS.');
  return api.send('POST /session', { body: { email, password: password ?? (await asked(terminal, 'Password: ')) } });
}

async function byLink(api: Api, link: string, { email, name, password }: Proof, terminal: Terminal): Promise<Response> {
  const { needsPassword, ...known } = await api.call('POST /session/link/inspect', { body: { link } });
  const chosen = password ?? (needsPassword ? await asked(terminal, 'Choose a password, at least 8 characters: ') : undefined);
  const address = email ?? known.email;
  return api.send('POST /session/link', { body: { link, ...present({ email: address, name, password: chosen }) } });
}

async function asked(terminal: Terminal, question: string): Promise<string> {
  if (terminal.interactive) return terminal.ask(question, true);
  throw new Failure(
    'USAGE',
    'A password is needed, and nobody can be asked for it here. Give it on standard input with --password -.',
  );
}

function onlyOrganization({ organizations }: Session): string {
  const keys = organizations.map(({ organization }) => organization.key);
  const [only] = keys;
  if (only !== undefined && keys.length === 1) return only;
  throw new Failure('PLACE_UNKNOWN', `Say which organization: --organization KEY. You belong to ${keys.join(', ') || 'none'}.`);
}
