import type { IncomingMessage, ServerResponse } from 'node:http';
import { fail } from '../changes/app-error.ts';
import type { Deps } from '../deps.ts';
import { addressOfClient } from '../http/client-address.ts';
import { nothingHere } from '../http/admission.ts';
import { route, type Route } from '../http/route.ts';
import { createPersonalToken } from '../tokens/tokens.commands.ts';
import { refuseGuessable } from './guessable.ts';
import { useLink } from './link-use.ts';
import { organizationAt } from './membership.ts';
import type { Person } from './people.ts';
import type { Proof } from './proof.ts';
import { drawSecret } from './secret.ts';
import { sessionView } from './session-view.ts';
import { idleMs } from './sessions.ts';

export const sessionRoutes: readonly Route[] = [
  route('POST /session', async ({ body, request, response, now }, deps) => {
    const { identity } = deps;
    const address = addressOfClient(request);
    identity.attempts.take(address, body.email, now);
    const person = identity.people.byEmail(body.email);
    const isRight = await identity.passwords.check(body.password, person?.passwordHash);
    if (!person || !isRight) fail('BAD_CREDENTIALS', 'E-mail and password do not match. After ten wrong tries you must wait.');
    identity.attempts.forgive(address, body.email);
    return signedIn(person, request, response, now, deps);
  }),

  route('POST /session/link/inspect', ({ body, request, now }, { identity, commits, storage }) => {
    identity.attempts.takeAddress(addressOfClient(request), now);
    const link = identity.links.find(body.link, now) ?? spent();
    const { purpose, expiresAt } = link;
    if (link.purpose === 'first-sign-in') return { purpose, needsPassword: true, expiresAt };
    if (link.purpose === 'sign-in') {
      const person = identity.people.byId(link.person) ?? spent();
      return { purpose, email: person.email, needsPassword: person.passwordHash === undefined, expiresAt };
    }
    const { email } = commits.state({ org: link.org }).get('invitation', link.invitation)?.body ?? spent();
    const organization = organizationAt(storage, link.org)?.name ?? link.org;
    return { purpose, email, organization, needsPassword: identity.people.byEmail(email) === undefined, expiresAt };
  }),

  route('POST /session/link', async ({ body, request, response, now }, deps) => {
    const { identity } = deps;
    identity.attempts.takeAddress(addressOfClient(request), now);
    const link = identity.links.find(body.link, now) ?? spent();
    const person = await useLink(link, body, { now, address: addressOfClient(request), proof: identity.prove(request) }, deps);
    return signedIn(person, request, response, now, deps);
  }),

  route('GET /session', ({ request }, { identity, storage }) => sessionView(proven(request, identity), storage)),

  route('DELETE /session', ({ caller, response }, { identity }) => {
    if (caller.sessionId === undefined) return {};
    identity.sessions.end(caller.sessionId);
    identity.revoked(caller.sessionId);
    response.setHeader('Set-Cookie', identity.cookie.clear);
    return {};
  }),

  route('PUT /session/password', async ({ body, caller, request, now }, { identity }) => {
    const person = identity.people.byId(caller.personId ?? '') ?? fail('FORBIDDEN', 'A service token has no password.');
    identity.attempts.take(addressOfClient(request), person.email, now);
    const isRight = await identity.passwords.check(body.current ?? '', person.passwordHash);
    if (person.passwordHash !== undefined && !isRight) fail('BAD_CREDENTIALS', 'The current password is another.');
    refuseGuessable(body.password, person.email);
    identity.people.setPassword(person.id, await identity.passwords.hash(body.password));
    identity.revoked(...identity.sessions.endAll(person.id, caller.sessionId));
    return {};
  }),

  route('POST /session/tokens', ({ body, caller, request }, { identity, commits, storage }) => {
    const org = body.organization;
    if (identity.grants(proven(request, identity), org).length === 0) fail('NOT_FOUND', nothingHere);
    if (caller.sessionId === undefined)
      fail('FORBIDDEN', 'A token cannot make personal tokens. Sign in with your password to make one.');
    const { id, secret, digest } = drawSecret('personal');
    const { organization: _, ...fields } = body;
    return storage.transact(() => {
      commits.commit({ scope: { org }, command: createPersonalToken, input: { id, ...fields }, actor: caller.actor });
      identity.credentials.add({ id, org, sort: 'token', digest });
      return { id, secret };
    });
  }),
];

/** Starts a session in place of the one that the browser had, so that a cookie planted before is worth nothing after. */
function signedIn(person: Person, request: IncomingMessage, response: ServerResponse, now: Date, { identity, storage }: Deps) {
  const before = identity.sessions.find(identity.cookie.read(request) ?? '', now);
  if (before) identity.sessions.end(before.id);
  const { id, secret } = identity.sessions.start(person.id, now);
  response.setHeader('Set-Cookie', identity.cookie.set(secret, idleMs));
  return sessionView({ via: 'session', sessionId: id, person }, storage);
}

const proven = (request: IncomingMessage, identity: Deps['identity']): Proof => identity.prove(request) ?? fail('NOT_SIGNED_IN');

const spent = (): never => fail('LINK_SPENT', 'This link was used, has expired or was withdrawn. Ask for another.');
