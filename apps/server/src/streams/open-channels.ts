import { type FeedView, goodbyesOver } from '@taffrail/publish';
import type { Place } from './audience-feed.ts';
import type { Channel } from './channel.ts';
import { PathMap } from './path-map.ts';

/** A channel that nobody asks for is forgotten after this; opening it again makes the same one. */
const UNUSED_MS = 600_000;
/** Streams of a channel that is opened anew come back within this. */
const REOPEN_MS = 1_000;

/** The channels that a process has open. */
export class OpenChannels<F extends FeedView> {
  readonly #channels = new PathMap<Channel<F>>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** The channel of a place, if it is open: noted as asked for. */
  of(place: Place): Channel<F> | undefined {
    const channel = this.peek(place);
    if (channel) channel.usedMs = this.#nowMs();
    return channel;
  }

  peek(place: Place): Channel<F> | undefined {
    return this.#channels.get(pathOf(place));
  }

  add(channel: Channel<F>): Channel<F> {
    this.#channels.set(pathOf(channel.place), channel);
    return channel;
  }

  within(path: readonly string[] = []): Iterable<Channel<F>> {
    return this.#channels.within(path);
  }

  /** What cannot go on is opened anew by whoever asks next; its streams come back at once. */
  end(channel: Channel<F>, reason: string): void {
    this.#forget(channel);
    void channel.end(goodbyesOver(REOPEN_MS, reason));
  }

  forgetUnused(): void {
    const oldestMs = this.#nowMs() - UNUSED_MS;
    for (const channel of this.within()) {
      if (channel.streams() === 0 && channel.usedMs < oldestMs) this.#forget(channel);
    }
  }

  close(): void {
    for (const channel of this.within()) channel.close();
  }

  #forget(channel: Channel<F>): void {
    this.#channels.set(pathOf(channel.place), undefined);
    channel.close();
  }
}

const pathOf = ({ org, project, environment, audience }: Place) => [org, project, environment, audience];
