import type { FeedView } from '@taffrail/publish';
import type { Place } from '../streams/audience-feed.ts';
import { linesName } from './line-cache.ts';
import type { Redis } from './redis.ts';

/** So many steps, or as many bytes of them as the whole has, and the whole is written again. */
const MOST_STEPS = 64;
const LEAST_STEP_BYTES = 65_536;

/** Keeps one place up to date in Redis: one write at a time, each for all that has changed meanwhile. */
export interface PlaceKeeper {
  /** Writes what is missing. Called whenever the head has moved. */
  keep(): void;
  /** Writes the whole if Redis has something else: it was away, or was emptied. */
  check(): Promise<void>;
}

/** `written` is called whenever a write was sent, before it is known to be done: what is sent after it arrives after it. */
export function createPlaceKeeper(redis: Redis, place: Place, feed: FeedView, written: () => void): PlaceKeeper {
  const name = linesName(place);
  const chain = createChain(feed);
  // Where the chain of steps in Redis ends; undefined: it is not known to hold.
  let end: string | undefined;
  let [isWriting, isRefused] = [false, false];

  function write(): Promise<boolean> {
    const head = feed.position;
    const step = end === undefined ? undefined : chain.step(end);
    if (end === undefined || step === undefined) return redis.write(name, { whole: chain.whole(), head }, { replace: true });
    return redis.write(name, { [end]: step, head }, { replace: false });
  }

  async function keepUp(): Promise<void> {
    isWriting = true;
    while (redis.isReady() && end !== feed.position) {
      const { position } = feed;
      const writing = write();
      written();
      isRefused = !(await writing);
      end = isRefused ? undefined : position;
      if (isRefused) break;
    }
    isWriting = false;
  }

  /** What Redis has refused is not sent with every commit, but tried again by `check`. */
  const keep = (): void => {
    if (isRefused) written();
    else if (!isWriting) void keepUp();
  };

  return {
    keep,
    async check() {
      if (isWriting || !redis.isReady()) return;
      const { position } = feed;
      if (!isRefused && (await redis.readField(name, 'head')) === position) return;
      if (isWriting) return;
      [end, isRefused] = [undefined, false];
      keep();
    },
  };
}

/** What is written of a feed: the whole, then steps until they are too many. */
function createChain(feed: FeedView) {
  let [steps, stepBytes, wholeBytes] = [0, 0, 0];
  return {
    whole(): string {
      const whole = feed.transfer();
      [steps, stepBytes, wholeBytes] = [0, 0, whole.length];
      return whole;
    },
    /** What leads on from a position; undefined if the whole should be written. */
    step(from: string): string | undefined {
      const isFull = steps >= MOST_STEPS || stepBytes > Math.max(LEAST_STEP_BYTES, wholeBytes);
      if (isFull || feed.reachable(from) === undefined) return undefined;
      const step = feed.transfer(from);
      steps += 1;
      stepBytes += step.length;
      return step;
    },
  };
}
