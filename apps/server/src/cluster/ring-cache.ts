import type { Keyring } from './keyring.ts';
import type { Redis } from './redis.ts';

const name = 'keys';

/** Keeps the keyring in Redis, and tells when it is another. */
export function createRingKeeper(redis: Redis, ring: () => Keyring) {
  let isWriting = false;
  let written: string | undefined;

  /** One write at a time; what changes meanwhile is written after it. */
  async function keep(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    const current = ring();
    const { version } = current;
    const writing = redis.write(name, { version, ring: JSON.stringify(current) }, { replace: true });
    redis.tell('keys', version);
    const isDone = await writing;
    isWriting = false;
    written = isDone ? version : undefined;
    if (isDone && ring().version !== version) await keep();
  }

  return {
    keep: () => void keep(),
    /** Writes it again if Redis has another one: it was away, or was emptied. */
    async check(): Promise<void> {
      if (!redis.isReady()) return;
      if (written === undefined || (await redis.readField(name, 'version')) !== ring().version) await keep();
    },
  };
}

/** The keyring that Redis holds, if it holds one. */
export async function ringIn(redis: Redis): Promise<Keyring | undefined> {
  const text = await redis.readField(name, 'ring');
  return text === undefined ? undefined : (JSON.parse(text) as Keyring);
}
