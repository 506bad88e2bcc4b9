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
  readonly keys: readonly RingKey[];
}

export function keyringOf(keys: readonly RingKey[]): Keyring {
  return { version: createHash('sha256').update(JSON.stringify(keys)).digest('base64url').slice(0, 16), keys };
}
