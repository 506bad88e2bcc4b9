import { type Brought, FeedCopy, type Soon, type Transfer } from '@taffrail/publish';
import { AppError } from '../changes/app-error.ts';
import type { Place } from '../streams/audience-feed.ts';
import { type Channel, type ChannelDeps, openChannel } from '../streams/channel.ts';
import { OpenChannels } from '../streams/open-channels.ts';
import { PathMap } from '../streams/path-map.ts';
import type { KnownSdkKey } from '../tokens/sdk-keys.ts';
import { type HeadHint, isBeyond, pathOf } from './hint.ts';
import type { LineCache } from './line-cache.ts';
import type { WriterClient } from './writer-client.ts';

export interface CopiesDeps extends ChannelDeps {
  readonly writer: WriterClient;
  /** Absent where there is no Redis. */
  readonly cache: LineCache | undefined;
}

/** Readers that are ahead of a channel make it ask the writer at most this often. */
const ASKED_MS = 250;
/** Nothing is known of an audience yet, and the writer is away. */
const RETRY_AFTER_SECONDS = 5;

/** How a channel is brought on: by one pass at a time, which goes on while there is word of a newer head. */
interface Bringing {
  hinted: string | undefined;
  pass: Promise<void> | undefined;
  askedMs: number;
}

/** The channels of a process without a database: each a copy of one at the writer. */
export class Copies {
  readonly #deps: CopiesDeps;
  readonly #open: OpenChannels<FeedCopy>;
  readonly #opening = new PathMap<Promise<Channel>>();
  readonly #bringing = new WeakMap<Channel, Bringing>();

  constructor(deps: CopiesDeps) {
    this.#deps = deps;
    this.#open = new OpenChannels(deps.nowMs);
  }

  /** The channel that a key leads to. A reader that has seen more than it, at another process, waits until it has been asked for. */
  channelOf({ org, project, environment, kind: audience }: KnownSdkKey, position: string | undefined): Soon<Channel> {
    const place: Place = { org, project, environment, audience };
    const channel = this.#open.of(place);
    if (!channel) return this.#opened(place);
    const isAhead = position !== undefined && isBeyond(position, channel.feed.position);
    return isAhead && this.#mayAsk(channel) ? this.#asked(channel) : channel;
  }

  all(): Iterable<Channel> {
    return this.#open.within();
  }

  /** Somebody says that an audience has another head: steps may stand in Redis, else the writer has them. */
  hint({ place, position }: HeadHint): void {
    const channel = this.#open.peek(place);
    if (!channel || !isBeyond(position, channel.feed.position)) return;
    this.#bringingOf(channel).hinted = position;
    void this.#brought(channel).catch(() => {});
  }

  /** The writer says where an audience stands: that is where its copy is brought, backwards too. */
  compare(place: Place, position: string): void {
    const channel = this.#open.peek(place);
    if (channel && channel.feed.position !== position) void this.#brought(channel).catch(() => {});
  }

  forgetUnused(): void {
    this.#open.forgetUnused();
  }

  close(): void {
    this.#open.close();
  }

  #mayAsk(channel: Channel<FeedCopy>): boolean {
    return !this.#deps.writer.isAway() && this.#deps.nowMs() - this.#bringingOf(channel).askedMs >= ASKED_MS;
  }

  async #asked(channel: Channel<FeedCopy>): Promise<Channel> {
    await this.#brought(channel).catch(() => {});
    return this.#open.of(channel.place) ?? this.#opened(channel.place);
  }

  #bringingOf(channel: Channel): Bringing {
    const bringing = this.#bringing.get(channel) ?? { hinted: undefined, pass: undefined, askedMs: 0 };
    this.#bringing.set(channel, bringing);
    return bringing;
  }

  #brought(channel: Channel<FeedCopy>): Promise<void> {
    const bringing = this.#bringingOf(channel);
    return (bringing.pass ??= this.#bring(channel, bringing).finally(() => (bringing.pass = undefined)));
  }

  async #bring(channel: Channel<FeedCopy>, bringing: Bringing): Promise<void> {
    do {
      const { hinted } = bringing;
      bringing.hinted = undefined;
      if (hinted !== undefined) await this.#bySteps(channel, hinted);
      if (hinted === undefined || isBeyond(hinted, channel.feed.position)) await this.#byWriter(channel, bringing);
    } while (bringing.hinted !== undefined && isBeyond(bringing.hinted, channel.feed.position));
  }

  async #bySteps(channel: Channel<FeedCopy>, hinted: string): Promise<void> {
    const { place, feed } = channel;
    while (isBeyond(hinted, feed.position)) {
      const step = await this.#deps.cache?.step(place, feed.position);
      if (!step || bringBy(channel, step) !== 'moved') return;
    }
  }

  async #byWriter(channel: Channel<FeedCopy>, bringing: Bringing): Promise<void> {
    const { place, feed } = channel;
    bringing.askedMs = this.#deps.nowMs();
    const brought = bringBy(channel, await this.#deps.writer.feed(place, feed.position));
    const settled = brought === 'astray' ? bringBy(channel, await this.#deps.writer.feed(place, undefined)) : brought;
    if (settled === 'astray' || settled === 'other-past')
      this.#open.end(channel, 'The server has another past; take a snapshot.');
  }

  #opened(place: Place): Promise<Channel> {
    const path = pathOf(place);
    const opening = this.#opening.get(path) ?? this.#create(place).finally(() => this.#opening.set(path, undefined));
    this.#opening.set(path, opening);
    return opening;
  }

  async #create(place: Place): Promise<Channel> {
    const cached = await this.#deps.cache?.copy(place);
    const copy = await this.#copy(place, cached).catch(() => cached);
    if (!copy) {
      throw new AppError('BUSY', 'The writer is away, and this process has nothing of this environment yet. Try again soon.', {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    return this.#open.add(openChannel(this.#deps, place, copy));
  }

  /** What Redis holds may be old: the writer has the last word, if it can be asked. */
  async #copy(place: Place, cached: FeedCopy | undefined): Promise<FeedCopy | undefined> {
    const { writer } = this.#deps;
    const transfer = await writer.feed(place, cached?.position);
    if (cached && ['moved', 'known'].includes(cached.bring(transfer))) return cached;
    return FeedCopy.of(transfer.from === undefined ? transfer : await writer.feed(place, undefined));
  }
}

const bringBy = (channel: Channel<FeedCopy>, transfer: Transfer): Brought => channel.advance((feed) => feed.bring(transfer));
