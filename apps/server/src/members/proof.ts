import type { Grant } from '@taffrail/schema';
import type { IncomingMessage } from 'node:http';
import { fail } from '../changes/app-error.ts';
import type { Commits } from '../changes/commits.ts';
import type { Storage } from '../db/storage.ts';
import type { SessionCookie } from '../http/cookies.ts';
import { opens, type Credentials } from './credentials.ts';
import { grantsOf } from './membership.ts';
import type { People, Person } from './people.ts';
import { readSecret } from './secret.ts';
import type { Sessions } from './sessions.ts';

/** Who calls, and by what it was proven. */
export type Proof =
  | { readonly via: 'session'; readonly sessionId: string; readonly person: Person }
  | { readonly via: 'token'; readonly tokenId: string; readonly org: string; readonly person: Person }
  | {
      readonly via: 'service';
      readonly tokenId: string;
      readonly org: string;
      readonly name: string;
      readonly grants: readonly Grant[];
    };

/** What proofs are read from. */
export interface ProofSources {
  readonly storage: Storage;
  readonly commits: Pick<Commits, 'state'>;
  readonly credentials: Credentials;
  readonly people: People;
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
}

/** Reads who a request is by: a bearer token, else the session's cookie. A token that is given must be good. */
export function proofOf(request: IncomingMessage, now: Date, sources: ProofSources): Proof | undefined {
  const { authorization } = request.headers;
  if (authorization !== undefined) return ofToken(bearerOf(authorization), now, sources);
  const session = sources.sessions.find(sources.cookie.read(request) ?? '', now);
  const person = session && sources.people.byId(session.person);
  return session && person && { via: 'session', sessionId: session.id, person };
}

/** What a caller may do in an organization: nothing, if it is not theirs or does not exist. */
export function grantsIn(org: string, proof: Proof, storage: Storage): readonly Grant[] {
  if (proof.via !== 'session' && proof.org !== org) return [];
  return proof.via === 'service' ? proof.grants : grantsOf(storage, org, proof.person.id);
}

function bearerOf(authorization: string): string {
  const [, token] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
  return token ?? fail('KEY_REJECTED', "The Authorization header must be 'Bearer' and a token.");
}

function ofToken(secret: string, now: Date, { storage, commits, credentials, people }: ProofSources): Proof {
  const claim = readSecret(secret);
  if (claim === 'mistyped')
    fail('KEY_REJECTED', 'This token is mistyped: its last characters do not fit the others. Copy it again.');
  if (claim.kind !== 'personal' && claim.kind !== 'service') {
    fail('KEY_REJECTED', 'This key is not for the management API. Send a personal or service token.');
  }
  const credential = credentials.find(claim.id);
  if (!opens(secret, credential)) return reject();
  const { id, org } = credential;
  const token = commits.state({ org }).get('token', id)?.body;
  if (!token || token.revokedAt !== undefined || hasExpired(token.expiresAt, now)) return reject();
  credentials.touch(id, now);
  if (token.member === undefined) return { via: 'service', tokenId: id, org, name: token.name, grants: token.grants };
  const person = people.byId(token.member);
  const isMember = person && grantsOf(storage, org, person.id).length > 0;
  return isMember ? { via: 'token', tokenId: id, org, person } : reject();
}

const reject = (): never =>
  fail('KEY_REJECTED', 'This token is not known here, or it was revoked or has expired. Create another under People and tokens.');

const hasExpired = (expiresAt: string | undefined, now: Date): boolean =>
  expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime();
