import { hostname } from 'node:os';
import type { Contracts, ResponseOf } from '@taffrail/schema';
import { createApi, type Api } from './api.ts';
import { Failure } from './failure.ts';
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

async function byPassword(api: Api, given: Proof, terminal: Terminal): Promise<Response> {
  if (given.email === undefined && !terminal.interactive) {
    throw new Failure('USAGE', 'Say how to log in: --token -, --link LINK, or --email ADDRESS.');
  }
  const email = given.email ?? (await asked(terminal, 'email', emailQuestion));
  const password = given.password ?? (await asked(terminal, 'password', passwordQuestion(false), true));
  return api.send('POST /session', { body: { email, password } });
}

/** A link may make somebody new, who then chooses a name and a password. */
async function byLink(api: Api, link: string, given: Proof, terminal: Terminal): Promise<Response> {
  const { purpose, needsPassword } = await api.call('POST /session/link/inspect', { body: { link } });
  const isNew = purpose !== 'sign-in' && needsPassword;
  const wanted: Wanted[] = [
    { field: 'email', wanted: purpose === 'first-sign-in', question: emailQuestion },
    { field: 'name', wanted: isNew, question: 'Your name: ' },
    {
      field: 'password',
      wanted: needsPassword || purpose === 'invitation',
      question: passwordQuestion(needsPassword),
      hidden: true,
    },
  ];
  const body: { link: string; email?: string; name?: string; password?: string } = { link };
  for (const { field, wanted: isWanted, question, hidden } of wanted) {
    const value = given[field] ?? (isWanted ? await asked(terminal, field, question, hidden) : undefined);
    if (value !== undefined && isWanted) body[field] = value;
  }
  return api.send('POST /session/link', { body });
}

interface Wanted {
  readonly field: 'email' | 'name' | 'password';
  readonly wanted: boolean;
  readonly question: string;
  readonly hidden?: true;
}

const labels = { email: 'e-mail address', name: 'name', password: 'password' } as const;
const emailQuestion = 'Your e-mail address: ';
const passwordQuestion = (isNew: boolean) => (isNew ? 'Choose a password, at least 8 characters: ' : 'Your password: ');

async function asked(terminal: Terminal, field: Wanted['field'], question: string, hidden = false): Promise<string> {
  if (terminal.interactive) return terminal.ask(question, hidden);
  const option = field === 'password' ? '--password -, with the password on standard input' : `--${field}`;
  throw new Failure('USAGE', `Your ${labels[field]} is needed, and nobody can be asked for it here: add ${option}.`);
}

function onlyOrganization({ organizations }: Session): string {
  const keys = organizations.map(({ organization }) => organization.key);
  const [only] = keys;
  if (only !== undefined && keys.length === 1) return only;
  throw new Failure('PLACE_UNKNOWN', `Say which organization: --organization KEY. You belong to ${keys.join(', ') || 'none'}.`);
}
