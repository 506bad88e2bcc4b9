import { type Channel as Opened, type ChannelDeps as OpeningDeps, type FeedView, openChannel as open } from '@taffrail/publish';
import { rows } from '../flags/rows.ts';
import type { Place } from './audience-feed.ts';

/** A channel, and whose it is. */
export interface Channel<F extends FeedView = FeedView> extends Opened<F> {
  readonly place: Place;
  /** When it was last asked for. */
  usedMs: number;
}

export type ChannelDeps = Omit<OpeningDeps, 'rows'>;

export const openChannel = <F extends FeedView>(deps: ChannelDeps, place: Place, feed: F): Channel<F> => ({
  ...open({ ...deps, rows }, feed),
  place,
  usedMs: deps.nowMs(),
});
