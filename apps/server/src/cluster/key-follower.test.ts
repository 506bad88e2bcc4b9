import { describe, expect, it } from 'vitest';
import { createKeyFollower } from './key-follower.ts';
import { keyringOf, type Keyring, type RingKey } from './keyring.ts';
import { createKnownKeys } from './known-keys.ts';

const key = (id: string): RingKey => ({ id, kind: 'server', org: 'o', project: 'p', environment: 'e', origins: [], digest: id });
const both = keyringOf([key('kept'), key('revoked')], 1_000);
const one = keyringOf([key('kept')], 2_000);

/** A process that hears what Redis says; the writer has the second keyring. */
function follow() {
  const keys = createKnownKeys();
  const inRedis = { ring: both };
  const [asked, revoked]: [string[], string[]] = [[], []];
  const writer = {
    keys: (version: string | undefined) => {
      asked.push(version ?? '');
      return Promise.resolve(version === one.version ? undefined : one);
    },
  } as Parameters<typeof createKeyFollower>[0]['writer'];
  const redis = {
    readField: () => Promise.resolve(JSON.stringify(inRedis.ring)),
  } as unknown as Parameters<typeof createKeyFollower>[0]['redis'];
  const follower = createKeyFollower({ writer, redis, keys, revoke: (id) => revoked.push(id), nowMs: () => 3_000 });
  const told = (ring: Keyring) => {
    inRedis.ring = ring;
    return follower.toldOf(ring.version);
  };
  return { keys, told, asked, revoked };
}

describe('what Redis says of keys', () => {
  it('is taken without a word to the writer when it is newer', async () => {
    const { keys, told, asked, revoked } = follow();
    await told(both);
    await told(one);
    expect([keys.version(), revoked, asked]).toEqual([one.version, ['revoked'], []]);
  });

  it('brings no revoked key back when it is said again: the writer is asked', async () => {
    const { keys, told, asked } = follow();
    await told(both);
    await told(one);
    await told(both);
    expect([keys.version(), asked]).toEqual([one.version, [one.version]]);
  });
});
