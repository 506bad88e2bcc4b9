import { type Change, compile, type FlagSet, type Item, type Rows, update } from '@taffrail/engine';
import type { FeedView } from '../feed-view.ts';

/** The flags of a feed, ready to be evaluated here: always those of its head. */
export function liveSet(feed: FeedView, rows: Rows): () => FlagSet {
  let set: FlagSet | undefined;
  let head: number | undefined;
  return () => {
    if (set && head === feed.head) return set;
    const header = feed.header();
    if (set) update(set, header, changeOf(set, feed));
    else set = compile({ header, items: [...feed.items()] }, rows);
    head = feed.head;
    return set;
  };
}

/** What is compiled stays, but for what has become another. */
function changeOf(set: FlagSet, feed: FeedView): Change {
  const here = new Set<string>();
  const changed: Item[] = [];
  for (const item of feed.items()) {
    here.add(`${item.sort} ${item.key}`);
    if (set.item(item.sort, item.key)?.json !== item.json) changed.push(item);
  }
  return { set: changed, del: [...set.items()].filter(({ sort, key }) => !here.has(`${sort} ${key}`)) };
}
