import type { SdkKey } from '@taffrail/schema';
import type { Commits } from '../changes/commits.ts';
import { opens, type Credential, type Credentials } from '../members/credentials.ts';
import { readSecret } from '../members/secret.ts';

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

interface Held {
  readonly credential: Credential;
  readonly key: KnownSdkKey;
  readonly expiresMs: number;
}

/** SDK keys over the organization's documents. */
export function createSdkKeys(commits: Pick<Commits, 'state'>, credentials: Credentials): SdkKeys {
  const held = new Map<string, Held>();
  const load = (id: string): Held | undefined => {
    const credential = credentials.find(id);
    const document = credential && commits.state({ org: credential.org }).get('sdk-key', id)?.body;
    return document && document.revokedAt === undefined ? { credential, ...keyOf(credential.org, document) } : undefined;
  };
  return {
    find(secret, now) {
      const claim = readSecret(secret);
      if (claim === 'mistyped') return undefined;
      const found = held.get(claim.id) ?? load(claim.id);
      if (!opens(secret, found?.credential) || !found || found.expiresMs <= now.getTime()) return undefined;
      held.set(claim.id, found);
      credentials.touch(claim.id, now);
      return found.key;
    },
    lapsed(now, org) {
      const gone = [...held.values()].filter(({ key, expiresMs }) => {
        const isRevoked = key.org === org && load(key.id) === undefined;
        return isRevoked || expiresMs <= now.getTime();
      });
      for (const { key } of gone) held.delete(key.id);
      return gone.map(({ key }) => key.id);
    },
  };
}

function keyOf(org: string, { id, kind, project, environment, origins, expiresAt }: SdkKey): Omit<Held, 'credential'> {
  return {
    key: { id, kind, org, project, environment, origins },
    expiresMs: expiresAt === undefined ? Infinity : Date.parse(expiresAt),
  };
}
