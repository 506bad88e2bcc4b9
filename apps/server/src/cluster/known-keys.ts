import { proves, digestOf, readSecret } from '../members/secret.ts';
import type { KnownSdkKey } from '../tokens/sdk-keys.ts';
import type { Keyring, RingKey } from './keyring.ts';

/** The SDK keys as a process without a database knows them: from the last keyring that it was given. */
export interface KnownKeys {
  /** The keyring that holds; undefined before the first. */
  version(): string | undefined;
  /** Whether a keyring was made after the one that holds. */
  isNewer(ring: Keyring): boolean;
  /** The key that a secret is, unless it is unknown or has expired. */
  find(secret: string, nowMs: number): KnownSdkKey | undefined;
  /** Takes another keyring. Answers the ids of the keys that are gone. */
  replace(ring: Keyring): readonly string[];
  /** The keys that have expired since it was asked last. */
  lapsed(nowMs: number): readonly string[];
  /** The keys that were used since it was asked last. */
  used(): readonly string[];
}

/** An unknown id costs the same comparison as a known one. */
const nobody = digestOf('');

export function createKnownKeys(): KnownKeys {
  let held: Pick<Keyring, 'version' | 'madeMs'> | undefined;
  let keys = new Map<string, RingKey>();
  let used = new Set<string>();
  return {
    version: () => held?.version,
    isNewer: ({ madeMs }) => held === undefined || madeMs > held.madeMs,
    find(secret, nowMs) {
      const claim = readSecret(secret);
      const key = claim === 'mistyped' ? undefined : keys.get(claim.id);
      if (!proves(secret, key?.digest ?? nobody) || !key || hasExpired(key, nowMs)) return undefined;
      used.add(key.id);
      return key;
    },
    replace(ring) {
      const gone = [...keys.keys()].filter((id) => !ring.keys.some((key) => key.id === id));
      held = { version: ring.version, madeMs: ring.madeMs };
      keys = new Map(ring.keys.map((key) => [key.id, key]));
      return gone;
    },
    lapsed(nowMs) {
      const lapsed = [...keys.values()].filter((key) => hasExpired(key, nowMs)).map(({ id }) => id);
      for (const id of lapsed) keys.delete(id);
      return lapsed;
    },
    used() {
      const ids = [...used];
      used = new Set();
      return ids;
    },
  };
}

const hasExpired = ({ expiresMs = Infinity }: RingKey, nowMs: number): boolean => expiresMs <= nowMs;
