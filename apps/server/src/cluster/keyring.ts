import { createHash } from 'node:crypto';
import type { KnownSdkKey } from '../tokens/sdk-keys.ts';

/** A key as other processes know it: by the digest of its secret. */
export interface RingKey extends KnownSdkKey {
  readonly digest: string;
  readonly expiresMs?: number;
}

/** All SDK keys that are good, in all organizations. */
export interface Keyring {
  /** Changes with every key that comes, goes or becomes another. */
  readonly version: string;
  /** When the writer put it together. What was told once may be told again by somebody else: who has a newer one keeps it. */
  readonly madeMs: number;
  readonly keys: readonly RingKey[];
}

export function keyringOf(keys: readonly RingKey[], madeMs: number): Keyring {
  const version = createHash('sha256').update(JSON.stringify(keys)).digest('base64url').slice(0, 16);
  return { version, madeMs, keys };
}
