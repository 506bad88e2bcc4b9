import { FeedCopy, parseTransfer, type Transfer } from '@taffrail/publish';
import type { Place } from '../streams/audience-feed.ts';
import { pathOf } from './hint.ts';
import type { Redis } from './redis.ts';

/**
 * The lines of audiences in Redis. Under the name of each place stands the whole at one head, then from there on a step for
 * each change: `epoch.revision` that it starts from, and the transfer that leads on. `head` says where the last step ends.
 */
export interface LineCache {
  /** The transfer that leads on from a position. */
  step(place: Place, position: string): Promise<Transfer | undefined>;
  /** The newest that can be put together. */
  copy(place: Place): Promise<FeedCopy | undefined>;
}

export const linesName = (place: Place): string => `lines:${pathOf(place).join('/')}`;

export function createLineCache(redis: Redis): LineCache {
  return {
    async step(place, position) {
      const text = await redis.readField(linesName(place), position);
      return text === undefined ? undefined : parseTransfer(text);
    },
    async copy(place) {
      const { whole, ...steps } = await redis.read(linesName(place));
      const transfer = whole === undefined ? undefined : parseTransfer(whole);
      const copy = transfer && FeedCopy.of(transfer);
      if (copy) followSteps(copy, steps);
      return copy;
    },
  };
}

function followSteps(copy: FeedCopy, steps: Readonly<Record<string, string>>): void {
  for (let text = steps[copy.position]; text !== undefined; text = steps[copy.position]) {
    const transfer = parseTransfer(text);
    if (!transfer || copy.bring(transfer) !== 'moved') return;
  }
}
