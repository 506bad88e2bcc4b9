import type { Grant } from '@taffrail/schema';
import type { IncomingMessage } from 'node:http';
import type { Commits } from '../changes/commits.ts';
import type { Storage } from '../db/storage.ts';
import type { SessionCookie } from '../http/cookies.ts';
import { createInstallKeys, type KnownInstallKey } from '../tokens/install-keys.ts';
import { createSdkKeys, type KnownSdkKey } from '../tokens/sdk-keys.ts';
import { createAttempts, type Attempts } from './attempts.ts';
import { createCredentials, type Credentials } from './credentials.ts';
import { createLinks, type Links } from './links.ts';
import { createPasswords, type PasswordWork, type Passwords } from './passwords.ts';
import { createPeople, type People } from './people.ts';
import { grantsIn, proofOf, type Proof } from './proof.ts';
import { createRevocations } from './revocations.ts';
import { createSessions, type Sessions } from './sessions.ts';

/** Who people and programs are. */
export interface Identity {
  readonly people: People;
  readonly sessions: Sessions;
  readonly links: Links;
  readonly passwords: Passwords;
  readonly credentials: Credentials;
  readonly cookie: SessionCookie;
  readonly attempts: Attempts;
  /** Who a request is by; undefined for nobody. Throws KEY_REJECTED for a token that is not good. */
  prove(request: IncomingMessage): Proof | undefined;
  /** What a caller may do in an organization; empty where it is not theirs or there is none. */
  grants(proof: Proof, org: string): readonly Grant[];
  /** The SDK key that a secret is, unless it is unknown, revoked or expired. */
  sdkKey(secret: string): KnownSdkKey | undefined;
  /** The install key that a secret is, unless it is unknown, revoked or expired, or its install is no more. */
  installKey(secret: string): KnownInstallKey | undefined;
  /**
   * Calls back with the id of an SDK key, install key, token, session or person when what it opened must be closed: revoked, expired, ended,
   * or granted something else. Within 2 seconds. Returns what stops it.
   */
  onRevoked(listener: (id: string) => void): () => void;
  /** Tells the listeners of `onRevoked`. */
  revoked(...ids: string[]): void;
  /** Stops the timers and writes what is still to be written. */
  close(): void;
}

export interface IdentityOptions {
  readonly storage: Storage;
  readonly commits: Pick<Commits, 'state' | 'onCommit'>;
  readonly cookie: SessionCookie;
  readonly clock: () => Date;
  /** What hashing a password costs; absent means what it should. */
  readonly passwordWork?: PasswordWork | undefined;
}

/** How often noted uses of keys and tokens are written. */
const flushMs = 60_000;

/** Identity over a database. */
export function createIdentity({ storage, commits, cookie, clock, passwordWork }: IdentityOptions): Identity {
  const people = createPeople(storage);
  const sessions = createSessions(storage);
  const credentials = createCredentials(storage);
  const attempts = createAttempts(storage);
  const sdkKeys = createSdkKeys(commits, credentials);
  const installKeys = createInstallKeys(commits, credentials);
  const revocations = createRevocations(commits, { sdkKeys, installKeys }, clock);
  const flushing = setInterval(() => credentials.flush(), flushMs).unref();
  return {
    people,
    sessions,
    links: createLinks(storage),
    passwords: createPasswords(passwordWork),
    credentials,
    cookie,
    attempts,
    prove: (request) => proofOf(request, clock(), { storage, commits, credentials, people, sessions, cookie }),
    grants: (proof, org) => grantsIn(org, proof, storage),
    sdkKey: (secret) => sdkKeys.find(secret, clock()),
    installKey: (secret) => installKeys.find(secret, clock()),
    onRevoked: (listener) => revocations.onRevoked(listener),
    revoked: (...ids) => revocations.announce(...ids),
    close() {
      clearInterval(flushing);
      revocations.close();
      credentials.flush();
      attempts.keep(clock());
    },
  };
}
