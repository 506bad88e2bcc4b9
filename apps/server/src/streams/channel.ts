import { type Door, type FeedView, Hub } from '@taffrail/publish';
import type { Place } from './audience-feed.ts';
import { type Page, pageOf } from './page.ts';

/** Everything about one audience: what it sees, its open streams, the answers to its polls. */
export interface Channel<F extends FeedView = FeedView> {
  readonly place: Place;
  readonly feed: F;
  readonly hub: Hub;
  page(): Page;
  /** Lets the feed go on, and takes to every stream what came of it. */
  advance<Result>(goOn: (feed: F) => Result): Result;
  /** When it was last asked for. */
  usedMs: number;
}

export interface ChannelDeps {
  readonly door: Pick<Door, 'leave'>;
  readonly random: () => number;
  readonly nowMs: () => number;
}

export function openChannel<F extends FeedView>({ door, random, nowMs }: ChannelDeps, place: Place, feed: F): Channel<F> {
  const hub = new Hub({ feed, door, random });
  let page = pageOf(feed, nowMs());
  return {
    place,
    feed,
    hub,
    usedMs: nowMs(),
    page() {
      if (page.head !== feed.head) page = pageOf(feed, nowMs());
      return page;
    },
    advance(goOn) {
      const { head } = feed;
      const result = goOn(feed);
      if (feed.head !== head) void hub.advance();
      return result;
    },
  };
}
