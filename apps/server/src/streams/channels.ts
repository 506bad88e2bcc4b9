import { goodbyesOver } from '@taffrail/publish';
import type { Scope } from '../changes/document.ts';
import type { Place } from './audience-feed.ts';
import type { KnownSdkKey } from '../tokens/sdk-keys.ts';
import { type Channel, type ChannelDeps, openChannel } from './channel.ts';
import { PathMap } from './path-map.ts';

/** How late a change is noticed of which no hint came. */
const POLL_MS = 2_000;
/** A channel that nobody asks for is forgotten after this; opening it again makes the same one. */
const UNUSED_MS = 600_000;
/** Streams of a channel that is opened anew come back within this. */
const REOPEN_MS = 1_000;

export interface ChannelsDeps extends ChannelDeps {
  /** Storage could not be read. Streams stay as they are, and it is tried again with the next poll. */
  readonly onFailure: (error: unknown) => void;
}

/** The channels of a server: opened when first asked for, then following every commit. */
export class Channels {
  readonly #deps: ChannelsDeps;
  readonly #channels = new PathMap<Channel>();
  readonly #polling: NodeJS.Timeout;

  constructor(deps: ChannelsDeps) {
    this.#deps = deps;
    this.#polling = setInterval(() => this.#poll(), POLL_MS).unref();
  }

  of(place: Place): Channel {
    const path = pathOf(place);
    const channel = this.#channels.get(path) ?? this.#open(path, place);
    channel.usedMs = this.#deps.nowMs();
    return channel;
  }

  /** The channel that a key leads to. */
  ofKey({ org, project, environment, kind: audience }: KnownSdkKey): Channel {
    return this.of({ org, project, environment, audience });
  }

  all(): Iterable<Channel> {
    return this.#channels.within();
  }

  /** Something was committed. What follows from it happens after the commit has been answered. */
  hint({ org, project }: Scope): void {
    if (project !== undefined) setImmediate(() => this.#followAll(this.#channels.within([org, project])));
  }

  close(): void {
    clearInterval(this.#polling);
    for (const { hub } of this.all()) hub.close();
  }

  #open(path: readonly string[], place: Place): Channel {
    const channel = openChannel(this.#deps, place);
    this.#channels.set(path, channel);
    return channel;
  }

  #poll(): void {
    const oldestMs = this.#deps.nowMs() - UNUSED_MS;
    for (const channel of this.all()) {
      if (channel.hub.streams === 0 && channel.usedMs < oldestMs) this.#forget(channel);
      else this.#follow(channel);
    }
  }

  #followAll(channels: Iterable<Channel>): void {
    for (const channel of channels) this.#follow(channel);
  }

  #follow(channel: Channel): void {
    try {
      if (channel.follow()) return;
      this.#forget(channel);
      void channel.hub.end(goodbyesOver(REOPEN_MS, 'The changes since then are no longer known; take a snapshot.'));
    } catch (error) {
      this.#deps.onFailure(error);
    }
  }

  #forget({ place, hub }: Channel): void {
    this.#channels.set(pathOf(place), undefined);
    hub.close();
  }
}

const pathOf = ({ org, project, environment, audience }: Place) => [org, project, environment, audience];
