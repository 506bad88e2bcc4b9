import type { FlagSet, Rows } from '@taffrail/engine';
import type { Door } from '../door.ts';
import type { FeedView } from '../feed-view.ts';
import type { Goodbye } from '../goodbye.ts';
import { Hub } from '../hub.ts';
import { liveSet } from '../ofrep/live-set.ts';
import { notices } from '../ofrep/notices.ts';
import { type Page, pageOf } from './page.ts';

/** Everything about one audience: what it sees, its open streams, the answers to its polls. */
export interface Channel<F extends FeedView = FeedView> {
  readonly feed: F;
  /** The streams of SDKs, which evaluate for themselves. */
  readonly hub: Hub;
  /** The streams of those who ask for answers: they are told when to ask again. */
  notices(): Hub;
  /** The flags at the head, to be evaluated here. */
  flags(): FlagSet;
  page(): Page;
  /** Lets the feed go on, and takes to every stream what came of it. */
  advance<Result>(goOn: (feed: F) => Result): Result;
  /** How many streams are open. */
  streams(): number;
  /** Ends the streams of one key, or all, as hubs do. */
  end(goodbyes: readonly Goodbye[], key?: string): Promise<void>;
  /** Beats no more. */
  close(): void;
}

export interface ChannelDeps {
  readonly door: Pick<Door, 'leave'>;
  readonly random: () => number;
  readonly nowMs: () => number;
  /** What evaluating here understands. */
  readonly rows: Rows;
}

export function openChannel<F extends FeedView>({ door, random, nowMs, rows }: ChannelDeps, feed: F): Channel<F> {
  const hub = new Hub({ feed, door, random });
  const flags = liveSet(feed, rows);
  let page = pageOf(feed, nowMs());
  let noticing: Hub | undefined;
  const hubs = () => (noticing ? [hub, noticing] : [hub]);
  return {
    feed,
    hub,
    flags,
    notices: () => (noticing ??= new Hub({ feed: notices(feed, flags, nowMs), door, random })),
    page() {
      if (page.head !== feed.head) page = pageOf(feed, nowMs());
      return page;
    },
    advance(goOn) {
      const { head } = feed;
      const result = goOn(feed);
      if (feed.head !== head) for (const one of hubs()) void one.advance();
      return result;
    },
    streams: () => hubs().reduce((sum, { streams }) => sum + streams, 0),
    async end(goodbyes, key) {
      await Promise.all(hubs().map((one) => one.end(goodbyes, key)));
    },
    close: () => hubs().forEach((one) => one.close()),
  };
}
