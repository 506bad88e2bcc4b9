import type { SdkKey } from '@taffrail/schema';
import type { Commits } from '../changes/commits.ts';
import type { Credentials } from '../members/credentials.ts';
import { createHeldKeys, expiryOf } from './held-keys.ts';

/** What an SDK key opens. */
export interface KnownSdkKey {
  readonly id: string;
  readonly kind: 'server' | 'client';
  readonly org: string;
  readonly project: string;
  readonly environment: string;
  /** Browsers' origins that may use a client key; empty means any. */
  readonly origins: readonly string[];
}

/** Looks SDK keys up; what was found is kept until the organization's documents change. */
export interface SdkKeys {
  /** The key that a secret is, unless it is unknown, revoked or expired. */
  find(secret: string, now: Date): KnownSdkKey | undefined;
  /** Keys found before that are good no more: since then revoked or, by now, expired. Each is named once. */
  lapsed(now: Date, org?: string): readonly string[];
}

/** SDK keys over the organization's documents. */
export function createSdkKeys(commits: Pick<Commits, 'state'>, credentials: Credentials): SdkKeys {
  const held = createHeldKeys(credentials, ({ id, org }) => {
    const document = commits.state({ org }).get('sdk-key', id)?.body;
    return document && document.revokedAt === undefined ? { key: keyOf(org, document), ...expiryOf(document) } : undefined;
  });
  return {
    find: held.find,
    lapsed: (now, org) => held.lapsed(now, (key) => key.org === org && !held.isGood(key.id)),
  };
}

const keyOf = (org: string, { id, kind, project, environment, origins }: SdkKey): KnownSdkKey => {
  return { id, kind, org, project, environment, origins };
};
