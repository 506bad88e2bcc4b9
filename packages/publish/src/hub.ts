import type { ServerResponse } from 'node:http';
import { type Connection, isCongested, isOpen } from './connection.ts';
import type { Door } from './door.ts';
import type { ShortFrame } from './frame.ts';
import type { Frames } from './frames.ts';
import { type Goodbye, goodbyeFrame } from './goodbye.ts';
import { inSlices } from './slices.ts';

/** Give or take a fifth. */
export const HEARTBEAT_MS = 15_000;
/** A reader that has taken nothing for so many beats is gone. */
const MISSED_BEATS = 2;
/** How long a reader may take to read that its stream ends. */
const FAREWELL_MS = 2_000;

/** What a hub takes to its streams: a state that goes on, and what brings a reader to it. */
export interface Broadcast {
  /** Another number whenever the state is another. */
  readonly head: number;
  /** The state that a reader's position names; undefined where it must be sent all. */
  reachable(position: string | undefined): number | undefined;
  frames(heartbeatMs: number): Frames;
}

export interface HubOptions {
  readonly feed: Broadcast;
  /** Streams that end leave it. */
  readonly door: Pick<Door, 'leave'>;
  readonly random: () => number;
  /** Give or take a fifth; absent means the usual. */
  readonly heartbeatMs?: number;
}

/** Who joins, and with what. */
export interface Joining {
  /** The id of the key. */
  readonly key: string;
  readonly gzip: boolean;
  /** The reader's position, as an event id says it: `epoch.revision` of a feed. */
  readonly from?: string | undefined;
}

/**
 * All open streams of one broadcast, such as an audience's feed. Broadcasting goes by state, not by queue: each stream knows the head that its reader was
 * brought to, and is brought from there to the newest. So one that was slow, or joined in between, gets one event for all it
 * missed, and nothing is kept for it.
 */
export class Hub {
  readonly #feed: Broadcast;
  readonly #door: HubOptions['door'];
  readonly #random: () => number;
  readonly #heartbeatMs: number;
  readonly #connections = new Map<ServerResponse, Connection>();
  #frames: Frames;
  #isAdvancing = false;
  #timer: NodeJS.Timeout;

  constructor({ feed, door, random, heartbeatMs = HEARTBEAT_MS }: HubOptions) {
    this.#feed = feed;
    this.#door = door;
    this.#random = random;
    this.#heartbeatMs = heartbeatMs;
    this.#frames = feed.frames(heartbeatMs);
    this.#timer = this.#beatLater();
  }

  get streams(): number {
    return this.#connections.size;
  }

  /** Takes over a response whose head is written and that the door has let in. */
  join(response: ServerResponse, { key, gzip, from }: Joining): void {
    const connection: Connection = { response, key, gzip, head: this.#feed.reachable(from), waits: false, missedBeats: 0 };
    this.#connections.set(response, connection);
    response.once('close', () => this.#leave(connection));
    const { opening } = this.#current();
    response.write(opening.bytes(gzip));
    this.#bring(connection);
  }

  /** Brings every stream to the feed's head: call it when the feed has moved. A pass that the feed overtakes is followed by another. */
  async advance(): Promise<void> {
    if (this.#isAdvancing) return;
    this.#isAdvancing = true;
    for (let head: number | undefined; head !== this.#feed.head;) {
      head = this.#feed.head;
      await inSlices(this.#connections.values(), (connection) => this.#bring(connection));
    }
    this.#isAdvancing = false;
  }

  /** Ends the streams of one key, or all; with several goodbyes each stream gets the next. Resolves when all have been told. */
  async end(goodbyes: readonly Goodbye[], key?: string): Promise<void> {
    const ending = [...this.#connections.values()].filter((connection) => key === undefined || connection.key === key);
    if (ending.length === 0) return;
    const said = goodbyes.map(goodbyeFrame);
    let next = 0;
    await inSlices(ending, (connection) => part(connection, said[next++ % said.length]));
    setTimeout(() => ending.forEach(({ response }) => response.destroy()), FAREWELL_MS).unref();
  }

  /** Beats no more. Streams stay open until they are ended. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #current(): Frames {
    if (this.#frames.head !== this.#feed.head) this.#frames = this.#feed.frames(this.#heartbeatMs);
    return this.#frames;
  }

  /** Writes what a stream lacks. One that has to wait is brought when it need not. */
  #bring(connection: Connection): void {
    const frames = this.#current();
    if (connection.waits || connection.head === frames.head || !isOpen(connection)) return;
    const bytes = frames.toHead(connection.head).bytes(connection.gzip);
    if (bytes instanceof Promise) void this.#sendLater(connection, bytes, frames.head);
    else this.#send(connection, bytes, frames.head);
  }

  async #sendLater(connection: Connection, pending: Promise<Buffer>, head: number): Promise<void> {
    connection.waits = true;
    const bytes = await pending;
    connection.waits = false;
    this.#send(connection, bytes, head);
    this.#bring(connection);
  }

  #send(connection: Connection, bytes: Buffer, head: number): void {
    if (!isOpen(connection)) return;
    if (isCongested(connection, bytes.length)) {
      connection.waits = true;
      connection.response.once('drain', () => this.#resume(connection));
      return;
    }
    connection.response.write(bytes);
    connection.head = head;
    connection.missedBeats = 0;
  }

  #beatLater(): NodeJS.Timeout {
    return setTimeout(() => this.#beatAll(), this.#heartbeatMs * (0.8 + 0.4 * this.#random())).unref();
  }

  #beatAll(): void {
    this.#timer = this.#beatLater();
    void inSlices(this.#connections.values(), (connection) => this.#beat(connection));
  }

  /** Only a reader that has been brought to the head can compare itself with it. */
  #beat(connection: Connection): void {
    if (connection.waits) return miss(connection);
    this.#bring(connection);
    const { head, beat } = this.#current();
    if (connection.head === head && !connection.waits) this.#send(connection, beat.bytes(connection.gzip), head);
  }

  #resume(connection: Connection): void {
    connection.waits = false;
    this.#bring(connection);
  }

  #leave({ response, key }: Connection): void {
    this.#connections.delete(response);
    this.#door.leave(key);
  }
}

function miss(connection: Connection): void {
  connection.missedBeats += 1;
  if (connection.missedBeats >= MISSED_BEATS) connection.response.destroy();
}

function part(connection: Connection, goodbye: ShortFrame | undefined): void {
  if (isOpen(connection) && goodbye) connection.response.end(goodbye.bytes(connection.gzip));
}
