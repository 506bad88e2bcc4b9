import type { FlagSet } from '@taffrail/engine';
import { encodeEvent } from '../event-stream.ts';
import type { FeedView } from '../feed-view.ts';
import { openingFrame, shortFrame } from '../frame.ts';
import type { Frames } from '../frames.ts';
import type { Broadcast } from '../hub.ts';

/** A comment: proxies see that the stream lives, and clients see nothing. */
const silence = ': beat\n\n';

/**
 * What the event streams of OFREP say: that answers may have become others, so that each client asks anew for its own context. A
 * client that comes with another position than the present one, or with none, is told at once: it may have missed a notice.
 */
export function notices(feed: FeedView, set: () => FlagSet, nowMs: () => number): Broadcast {
  const passed = passedBoundaries(set, nowMs);
  const headNow = () => feed.head + passed();
  return {
    get head() {
      return headNow();
    },
    reachable: (position) => (position === `${feed.epoch}.${headNow()}` ? headNow() : undefined),
    frames: () => framesAt(headNow(), feed.epoch),
  };
}

function framesAt(head: number, epoch: string): Frames {
  const notice = shortFrame(encodeEvent('message', [JSON.stringify({ type: 'refetchEvaluation' })], `${epoch}.${head}`));
  return { head, opening: openingFrame(silence), beat: shortFrame(silence), toHead: () => notice };
}

/** How many moments went by at which answers became others by themselves. Every beat of a stream asks. */
function passedBoundaries(set: () => FlagSet, nowMs: () => number): () => number {
  let count = 0;
  let seenMs = nowMs();
  return () => {
    const now = nowMs();
    const next = set().nextBoundary(seenMs);
    if (next !== undefined && next <= now) count += 1;
    seenMs = Math.max(seenMs, now);
    return count;
  };
}
