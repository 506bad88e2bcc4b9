import type { Feed } from '@taffrail/publish';
import type { Scope } from '../changes/document.ts';
import type { KnownSdkKey } from '../tokens/sdk-keys.ts';
import { follow, openFeed, type Place, type Source } from './audience-feed.ts';
import { type Channel, type ChannelDeps, openChannel } from './channel.ts';
import { OpenChannels } from './open-channels.ts';

/** How late a change is noticed of which no hint came. */
const POLL_MS = 2_000;

export interface ChannelsDeps extends ChannelDeps {
  readonly source: Source;
  /** Storage could not be read. Streams stay as they are, and it is tried again with the next poll. */
  readonly onFailure: (error: unknown) => void;
}

/** The channels of a server that has the documents: opened when first asked for, then following every commit. */
export class Channels {
  readonly #deps: ChannelsDeps;
  readonly #open: OpenChannels<Feed>;
  readonly #polling: NodeJS.Timeout;
  readonly #listeners = new Set<(channel: Channel) => void>();

  constructor(deps: ChannelsDeps) {
    this.#deps = deps;
    this.#open = new OpenChannels(deps.nowMs);
    this.#polling = setInterval(() => this.#poll(), POLL_MS).unref();
  }

  of(place: Place): Channel {
    return this.#open.of(place) ?? this.#add(place);
  }

  /** The channel that a key leads to. */
  ofKey({ org, project, environment, kind: audience }: KnownSdkKey): Channel {
    return this.of({ org, project, environment, audience });
  }

  all(): Iterable<Channel> {
    return this.#open.within();
  }

  /** Something was committed. What follows from it happens after the commit has been answered. */
  hint({ org, project }: Scope): void {
    if (project !== undefined) setImmediate(() => this.#followAll(this.#open.within([org, project])));
  }

  /** Calls back with each channel that is opened or whose head has moved. Returns what stops it. */
  onMoved(listener: (channel: Channel) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    clearInterval(this.#polling);
    this.#open.close();
  }

  #add(place: Place): Channel {
    const channel = this.#open.add(openChannel(this.#deps, place, openFeed(this.#deps.source, place)));
    this.#tell(channel);
    return channel;
  }

  #poll(): void {
    this.#open.forgetUnused();
    this.#followAll(this.#open.within());
  }

  #followAll(channels: Iterable<Channel<Feed>>): void {
    for (const channel of channels) this.#follow(channel);
  }

  #follow(channel: Channel<Feed>): void {
    const { source, onFailure } = this.#deps;
    const { head } = channel.feed;
    try {
      const isKnown = channel.advance((feed) => follow(feed, source, channel.place));
      if (!isKnown) this.#open.end(channel, 'The changes since then are no longer known; take a snapshot.');
      else if (channel.feed.head !== head) this.#tell(channel);
    } catch (error) {
      onFailure(error);
    }
  }

  #tell(channel: Channel): void {
    for (const listener of this.#listeners) listener(channel);
  }
}
