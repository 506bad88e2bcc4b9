import { type Door, type Feed, Hub } from '@taffrail/publish';
import { follow, openFeed, type Place, type Source } from './audience-feed.ts';
import { type Page, pageOf } from './page.ts';

/** Everything about one audience: what it sees, its open streams, the answers to its polls. */
export interface Channel {
  readonly place: Place;
  readonly feed: Feed;
  readonly hub: Hub;
  page(): Page;
  /** Takes what was committed since to every stream. False if that is no longer known: then the channel must be opened anew. */
  follow(): boolean;
  /** When it was last asked for. */
  usedMs: number;
}

export interface ChannelDeps {
  readonly source: Source;
  readonly door: Door;
  readonly random: () => number;
  readonly nowMs: () => number;
}

export function openChannel({ source, door, random, nowMs }: ChannelDeps, place: Place): Channel {
  const feed = openFeed(source, place);
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
    follow() {
      const head = feed.head;
      const isKnown = follow(feed, source, place);
      if (feed.head !== head) void hub.advance();
      return isKnown;
    },
  };
}
