import type { Keyring } from './keyring.ts';
import type { Redis } from './redis.ts';

const name = 'keys';

/** Keeps the keyring in Redis, and tells when it is another. */
export function createRingKeeper(redis: Redis, ring: () => Keyring) {
  let isChanged = true;

  async function keep(): Promise<void> {
    isChanged = true;
    const { version } = ring();
    const writing = redis.write(name, { version, ring: JSON.stringify(ring()) }, { replace: true });
    redis.tell('keys', version);
    isChanged = !(await writing);
  }

  return {
    keep: () => void keep(),
    /** Writes it again if Redis has another one: it was away, or was emptied. */
    async check(): Promise<void> {
      if (!redis.isReady()) return;
      if (isChanged || (await redis.readField(name, 'version')) !== ring().version) await keep();
    },
  };
}

/** The keyring that Redis holds, if it holds one. */
export async function ringIn(redis: Redis): Promise<Keyring | undefined> {
  const text = await redis.readField(name, 'ring');
  return text === undefined ? undefined : (JSON.parse(text) as Keyring);
}
