import type { BodyOf, Contracts } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import type { Deps } from '../deps.ts';
import { refuseMistakes } from '../changes/mistakes.ts';
import { refuseGuessable } from './guessable.ts';
import type { Link } from './links.ts';
import { joinOrganization } from './members.commands.ts';
import type { Person } from './people.ts';
import type { Proof } from './proof.ts';

type LinkBody = BodyOf<Contracts['POST /session/link']>;
interface Circumstances {
  readonly now: Date;
  /** The client's, for counting guesses. */
  readonly address: string;
  /** Who the browser is signed in as already. */
  readonly proof: Proof | undefined;
}

/** Does what a link is for, once: the link, the person, the membership are one transaction. Answers who may now be signed in. */
export async function useLink(link: Link, body: LinkBody, circumstances: Circumstances, deps: Deps): Promise<Person> {
  return link.purpose === 'sign-in' ? signIn(link, body, circumstances, deps) : join(link, body, circumstances, deps);
}

/** Whoever has the link is the person: it was drawn by somebody with the server's shell. A password may be chosen anew. */
async function signIn(link: Link & { purpose: 'sign-in' }, body: LinkBody, { now }: Circumstances, { identity, storage }: Deps) {
  const person = identity.people.byId(link.person) ?? fail('LINK_SPENT');
  if (person.passwordHash === undefined) refuseMissing(body, ['password']);
  if (body.password !== undefined) refuseGuessable(body.password, person.email);
  const hash = body.password === undefined ? undefined : await identity.passwords.hash(body.password);
  storage.transact(() => {
    spend(link, now, identity);
    if (hash !== undefined) identity.people.setPassword(person.id, hash);
  });
  if (hash !== undefined) identity.revoked(...identity.sessions.endAll(person.id));
  return person;
}

/** Joins an organization, as somebody new or with the account that the address has already. */
async function join(link: Exclude<Link, { purpose: 'sign-in' }>, body: LinkBody, circumstances: Circumstances, deps: Deps) {
  const { identity, storage, commits } = deps;
  const { now } = circumstances;
  const email = link.purpose === 'invitation' ? invitedEmail(link, deps) : body.email;
  const known = email === undefined ? undefined : identity.people.byEmail(email);
  const person = known ? await proven(known, body, circumstances, deps) : await newPerson(email, body, deps);
  const { id, email: address, name } = person;
  const input = { person: { id, email: address, name }, ...(link.purpose === 'invitation' && { invitation: link.invitation }) };
  storage.transact(() => {
    spend(link, now, identity);
    if (!known) identity.people.add(person, now);
    commits.commit({ scope: { org: link.org }, command: joinOrganization, input, actor: { type: 'member', id, name } });
  });
  return person;
}

function invitedEmail({ org, invitation }: Link & { purpose: 'invitation' }, { commits }: Deps): string {
  const { body } = commits.state({ org }).get('invitation', invitation) ?? fail('LINK_SPENT', 'This invitation was withdrawn.');
  return body.email;
}

/** An invitation says that somebody is welcome, not that who holds it is that person: the account's own password says so. */
async function proven(known: Person, { password }: LinkBody, { proof, now, address }: Circumstances, { identity }: Deps) {
  if (proof?.via === 'session' && proof.person.id === known.id) return known;
  if (password === undefined) {
    refuseMistakes([{ at: '/body/password', message: 'is missing: you have an account here, so enter its password' }]);
  }
  identity.attempts.take(address, known.email, now);
  if (await identity.passwords.check(password, known.passwordHash)) return known;
  return fail('BAD_CREDENTIALS', 'You have an account here, and its password is another.');
}

async function newPerson(email: string | undefined, body: LinkBody, { identity, newId }: Deps): Promise<Person> {
  const { name = '', password = '' } = body;
  refuseMissing({ ...body, email }, ['email', 'name', 'password']);
  refuseGuessable(password, email ?? '');
  return { id: newId(), email: email ?? '', name, passwordHash: await identity.passwords.hash(password) };
}

function refuseMissing(body: Partial<Record<keyof LinkBody, string | undefined>>, wanted: readonly (keyof LinkBody)[]): void {
  const missing = wanted.filter((field) => body[field] === undefined);
  if (missing.length > 0) refuseMistakes(missing.map((field) => ({ at: `/body/${field}`, message: 'is missing: choose one' })));
}

function spend(link: Link, now: Date, identity: Deps['identity']): void {
  if (!identity.links.use(link.id, now)) fail('LINK_SPENT', 'This link was used just now.');
}
