import type { Copies } from './copies.ts';
import { parseHint } from './hint.ts';
import type { KeyFollower } from './key-follower.ts';
import type { KnownKeys } from './known-keys.ts';
import type { Presence } from './presence.ts';
import { PULSE_MS } from './pulse.ts';
import type { Redis } from './redis.ts';
import type { Report } from './report.ts';
import type { WriterClient } from './writer-client.ts';

/** A writer that is away is looked for this often. */
const AWAY_PULSE_MS = 1_000;

export interface FollowerDeps {
  readonly writer: WriterClient;
  readonly redis: Redis | undefined;
  readonly copies: Copies;
  readonly keys: Pick<KnownKeys, 'used'>;
  readonly keyFollower: KeyFollower;
  readonly presence: Presence;
  readonly report: (isLeaving?: boolean) => Report;
}

/** Keeps a process without a database at what the writer has: by what it is told over Redis, and by asking every other second. */
export interface Follower {
  /** Resolves when the writer has been asked for the first time, or could not be. */
  start(): Promise<void>;
  close(): void;
}

export function createFollower({ writer, redis, copies, keys, keyFollower, presence, report }: FollowerDeps): Follower {
  let pulse: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function askWriter(said: Report): Promise<void> {
    const { positions, keyring } = await writer.sync({ report: said, used: keys.used() });
    for (const [index, place] of said.places.entries()) copies.compare(place, positions[index] ?? '');
    await keyFollower.toldOf(keyring);
  }

  async function beat(): Promise<void> {
    const said = report();
    redis?.tell('processes', JSON.stringify(said));
    keyFollower.sweep();
    copies.forgetUnused();
    await askWriter(said).catch(keyFollower.fallBack);
    clearTimeout(pulse);
    if (!isClosed) pulse = setTimeout(() => void beat(), writer.isAway() ? AWAY_PULSE_MS : PULSE_MS).unref();
  }

  redis?.onTold('heads', (text) => copies.hint(parseHint(text)));
  redis?.onTold('keys', (version) => void keyFollower.toldOf(version).catch(() => {}));
  redis?.onTold('processes', (text) => presence.note(JSON.parse(text) as Report));
  redis?.onReady(() => void beat());

  return {
    start: beat,
    close() {
      isClosed = true;
      clearTimeout(pulse);
      redis?.tell('processes', JSON.stringify(report(true)));
      redis?.close();
    },
  };
}
