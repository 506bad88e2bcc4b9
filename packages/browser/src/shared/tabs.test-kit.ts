import type { Clock, Exchange, From } from '@taffrail/sdk-core';
import { byLease } from './election.ts';
import { shareBy } from './share.ts';
import type { Word } from './word.ts';

const asked = { url: 'https://flags.example', key: 'tf_cli_a', environment: 'production' };

/** A stream that the server holds open. */
interface Stream {
  readonly tab: Tab;
  readonly from: From;
  readonly on: Exchange;
}

/** The tabs of one origin, the browser that they run in, and a server; time passes when told to. */
export class Origin {
  nowMs = 0;
  revision = 1;
  /** What the server does with a stream; absent: it answers. */
  refuses: Parameters<Exchange['ended']>[0] | undefined;
  /** Nothing can be written to storage. */
  isFull = false;
  /** Tabs that open now have no channel. */
  isDeaf = false;
  readonly streams = new Set<Stream>();
  readonly opened: From[] = [];
  readonly tabs: Tab[] = [];
  readonly kept = new Map<string, string>();
  private readonly posted: (() => void)[] = [];

  open(more: Partial<typeof asked> = {}, position?: number): Tab {
    const tab = new Tab(this, { ...asked, ...more }, position);
    this.tabs.push(tab);
    tab.connect();
    this.settle();
    return tab;
  }

  post(from: Channel, data: Word): void {
    for (const { channel } of this.tabs)
      if (channel && channel !== from && channel.name === from.name) this.posted.push(() => channel.hear(structuredClone(data)));
  }

  /** The server changes something. */
  edit(): void {
    const from = this.revision++;
    for (const { tab, on } of this.streams) tab.whenAwake(() => on.received('patch', String(from), `e.${from + 1}`));
    this.settle();
  }

  pass(ms: number): void {
    for (const endMs = this.nowMs + ms; this.nowMs < endMs; this.nowMs += 50, this.settle())
      for (const tab of this.tabs) tab.ring();
  }

  /** What was said is heard. */
  settle(): void {
    for (let hear = this.posted.shift(); hear; hear = this.posted.shift()) hear();
  }

  answer(tab: Tab, from: From, on: Exchange): () => void {
    const stream = { tab, from, on };
    this.opened.push(from);
    const { refuses } = this;
    if (refuses) tab.after(100, () => on.ended(refuses));
    else {
      this.streams.add(stream);
      this.posted.push(() => this.streams.has(stream) && tab.whenAwake(() => this.greet(stream)));
    }
    return () => void this.streams.delete(stream);
  }

  private greet({ from, on }: Stream): void {
    on.opened();
    on.received('hello', String(this.revision));
    const known = Number(from.position?.split('.')[1]);
    if (from.position === undefined) on.received('snapshot', String(this.revision), `e.${this.revision}`);
    else for (let at = known; at < this.revision; at++) on.received('patch', String(at), `e.${at + 1}`);
  }
}

class Channel {
  readonly name: string;
  readonly tab: Tab;
  private readonly listeners = new Set<(event: MessageEvent<Word>) => void>();

  constructor(name: string, tab: Tab) {
    this.name = name;
    this.tab = tab;
  }

  addEventListener(_: string, listen: (event: MessageEvent<Word>) => void): void {
    this.listeners.add(listen);
  }

  removeEventListener(_: string, listen: (event: MessageEvent<Word>) => void): void {
    this.listeners.delete(listen);
  }

  postMessage(data: Word): void {
    if (!this.tab.isMute) this.tab.origin.post(this, data);
  }

  hear(data: Word): void {
    this.tab.whenAwake(() => {
      for (const listen of this.listeners) listen({ data } as MessageEvent<Word>);
    });
  }

  close(): void {
    if (this.tab.channel === this) this.tab.channel = undefined;
  }
}

/** Holds a revision, which only a snapshot or the next patch brings forward; nothing else would be noticed. */
export class Tab implements Clock {
  readonly origin: Origin;
  readonly asked: typeof asked;
  revision: number | undefined;
  channel: Channel | undefined;
  isMute = false;
  isFrozen = false;
  /** Closed, or crashed. */
  isGone = false;
  readonly heard: string[] = [];
  readonly timers = new Map<object, { readonly atMs: number; readonly ring: () => void }>();
  private readonly waiting: (() => void)[] = [];
  private hangUp: (() => void) | undefined;

  constructor(origin: Origin, its: typeof asked, position?: number) {
    this.origin = origin;
    this.asked = its;
    this.revision = position;
  }

  readonly nowMs = (): number => this.origin.nowMs;
  readonly elapsedMs = this.nowMs;
  readonly after = (delayMs: number, ring: () => void): (() => void) => {
    const timer = {};
    this.timers.set(timer, { atMs: this.nowMs() + delayMs, ring });
    return () => void this.timers.delete(timer);
  };

  /** As the client does: what does not follow is given up, and a snapshot asked for. */
  connect(): void {
    const position = this.revision === undefined ? undefined : `e.${this.revision}`;
    this.hangUp = this.transport().stream(
      { position },
      {
        opened() {},
        received: (event, data) => this.take(event, Number(data)),
        ended: ({ status, reason }) => {
          this.heard.push(`ended ${status ?? reason ?? ''}`);
          this.hangUp = undefined;
        },
      },
    );
  }

  close(): void {
    this.isGone = true;
    this.hangUp?.();
    this.hangUp = undefined;
    this.origin.settle();
  }

  /** No one runs its last lines: the browser gives back what it held. */
  crash(): void {
    this.isGone = true;
    this.freeze();
    this.channel = undefined;
    for (const stream of this.origin.streams) if (stream.tab === this) this.origin.streams.delete(stream);
    this.origin.settle();
  }

  freeze(): void {
    this.isFrozen = true;
  }

  thaw(): void {
    if (this.isGone) return;
    this.isFrozen = false;
    for (const act of this.waiting.splice(0)) act();
    this.origin.settle();
  }

  whenAwake(act: () => unknown): void {
    if (this.isFrozen) this.waiting.push(() => void act());
    else act();
  }

  ring(): void {
    if (this.isFrozen) return;
    for (const [timer, { atMs, ring }] of this.timers) if (atMs <= this.nowMs() && this.timers.delete(timer)) ring();
  }

  private take(event: string, revision: number): void {
    this.heard.push(event);
    if (event === 'snapshot') this.revision = Math.max(revision, this.revision ?? 0);
    if (event === 'patch' && revision === this.revision) this.revision++;
    else if (event === 'patch' && revision > (this.revision ?? 0)) this.heard.push('a gap');
  }

  private transport() {
    const { origin } = this;
    const share = shareBy({
      clock: this,
      openChannel: (name) => this.openChannel(name),
      electionFor: (own) => byLease(storageOf(origin), this, own),
    });
    return share({ stream: (from, on) => origin.answer(this, from, on), poll: () => () => {} }, this.asked);
  }

  private openChannel(name: string): Channel {
    if (this.origin.isDeaf) throw new Error('there are no channels here');
    return (this.channel = new Channel(name, this));
  }
}

const storageOf = (origin: Origin) => ({
  getItem: (name: string) => origin.kept.get(name) ?? null,
  removeItem: (name: string) => void origin.kept.delete(name),
  setItem(name: string, text: string) {
    if (origin.isFull) throw new Error('storage is full');
    origin.kept.set(name, text);
  },
});
