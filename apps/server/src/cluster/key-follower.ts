import type { SdkBackend } from '@taffrail/publish';
import { AppError } from '../changes/app-error.ts';
import { readSecret } from '../members/secret.ts';
import type { KnownSdkKey } from '../tokens/sdk-keys.ts';
import type { Keyring } from './keyring.ts';
import type { KnownKeys } from './known-keys.ts';
import { latest } from './latest.ts';
import type { Redis } from './redis.ts';
import { ringIn } from './ring-cache.ts';
import type { WriterClient } from './writer-client.ts';

/** Whoever comes with unknown keys makes work for the writer at most this often. */
const UNKNOWN_KEYS_PAUSE_MS = 100;
const RETRY_AFTER_SECONDS = 5;

export interface KeyFollowerDeps {
  readonly writer: WriterClient;
  readonly redis: Redis | undefined;
  readonly keys: KnownKeys;
  /** Ends the streams of a key. */
  readonly revoke: (key: string) => void;
  readonly nowMs: () => number;
}

/** Keeps the keys of a process without a database at what the writer has. A key that is gone loses its streams. */
export interface KeyFollower {
  readonly sdkKey: SdkBackend<KnownSdkKey>['sdkKey'];
  /** The keyring is said to be another. */
  toldOf(version: string): Promise<void>;
  /** What Redis holds, where nothing better can be had. */
  fallBack(): Promise<void>;
  /** Ends what has expired. */
  sweep(): void;
}

export function createKeyFollower({ writer, redis, keys, revoke, nowMs }: KeyFollowerDeps): KeyFollower {
  const take = (ring: Keyring | undefined): void => {
    if (ring && ring.version !== keys.version()) keys.replace(ring).forEach(revoke);
  };
  const askWriter = latest(async () => take(await writer.keys(keys.version())), UNKNOWN_KEYS_PAUSE_MS);

  /** Redis may hold an old keyring, and tell of it again: it is believed only if it is the one that was told of, and newer. */
  async function toldOf(version: string): Promise<void> {
    if (version === keys.version()) return;
    const ring = redis && (await ringIn(redis));
    if (ring?.version === version && keys.isNewer(ring)) take(ring);
    else await askWriter();
  }

  return {
    toldOf,
    async fallBack() {
      if (keys.version() === undefined && redis) take(await ringIn(redis));
    },
    sweep: () => keys.lapsed(nowMs()).forEach(revoke),
    sdkKey(secret) {
      const key = keys.find(secret, nowMs());
      if (key || readSecret(secret) === 'mistyped') return key;
      // It may have been created a moment ago.
      return askWriter().then(() => keys.find(secret, nowMs()), refuseUnchecked);
    },
  };
}

function refuseUnchecked(): never {
  throw new AppError('BUSY', 'The writer is away, so a key that is not known yet cannot be checked. Try again soon.', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}
