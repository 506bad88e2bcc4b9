import { coreRows } from '@taffrail/engine';
import { type Client, composeClient, type Composed } from './client.ts';
import { liveSource } from './live-source.ts';
import type { Clock, Exchange, From, Platform, Transport } from './platform.ts';
import type { ClientParts } from './upkeep.ts';

/** An exchange that a client has begun. */
export interface Begun {
  readonly kind: 'stream' | 'poll';
  readonly from: From;
  readonly on: Exchange;
  readonly atMs: number;
  isOpen: boolean;
}

/** Time that passes when told to. */
export class TestClock implements Clock {
  wallMs = Date.parse('2026-01-01T00:00:00Z');
  ticksMs = 0;
  readonly timers = new Map<object, { readonly atMs: number; readonly ring: () => void }>();

  nowMs = (): number => this.wallMs;
  elapsedMs = (): number => this.ticksMs;

  after = (delayMs: number, ring: () => void): (() => void) => {
    const timer = {};
    this.timers.set(timer, { atMs: this.ticksMs + delayMs, ring });
    return () => void this.timers.delete(timer);
  };

  /** Lets time pass, ringing what is due in its order. */
  advance(ms: number): void {
    const untilMs = this.ticksMs + ms;
    for (;;) {
      const [next] = [...this.timers].filter(([, { atMs }]) => atMs <= untilMs).sort(([, a], [, b]) => a.atMs - b.atMs);
      if (!next) break;
      this.timers.delete(next[0]);
      this.pass(next[1].atMs);
      next[1].ring();
    }
    this.pass(untilMs);
  }

  private pass(toMs: number): void {
    this.wallMs += toMs - this.ticksMs;
    this.ticksMs = toMs;
  }
}

/** One client in a world where time, chance and network do as they are told. */
export class World {
  readonly clock = new TestClock();
  readonly begun: Begun[] = [];
  readonly said: string[] = [];
  readonly shelf = {
    kept: undefined as string | undefined,
    read: () => this.shelf.kept,
    write: (text: string) => void (this.shelf.kept = text),
  };
  /** Every delay is drawn with it: 1 draws the longest. */
  chance = 1;
  host: Parameters<NonNullable<Platform['attend']>>[0] | undefined;

  readonly platform: Platform = {
    clock: this.clock,
    random: () => this.chance,
    log: {
      warn: (sentence) => this.said.push(`warn: ${sentence}`),
      error: (sentence, cause) =>
        this.said.push(['error:', sentence, ...(cause instanceof Error ? [cause.message] : [])].join(' ')),
    },
    shelf: this.shelf,
    attend: (on) => {
      this.host = on;
      return () => (this.host = undefined);
    },
  };

  readonly transport: Transport = {
    stream: (from, on) => this.begin('stream', from, on),
    poll: (from, on) => this.begin('poll', from, on),
  };

  client(parts: Partial<ClientParts> = {}): Client {
    return this.compose(parts).client;
  }

  compose(parts: Partial<ClientParts> = {}): Composed {
    return composeClient({
      platform: this.platform,
      rows: coreRows,
      source: liveSource(this.transport, this.platform),
      ...parts,
    });
  }

  /** The exchange that is open; there is never a second. */
  get open(): Begun | undefined {
    // Only the last few may be wrong: a test that forgets one would see it at once.
    const [one, ...others] = this.begun.slice(-3).filter(({ isOpen }) => isOpen);
    if (others.length > 0) throw new Error('More than one exchange is open.');
    return one;
  }

  get last(): Begun {
    const last = this.begun.at(-1);
    if (!last) throw new Error('No exchange was begun.');
    return last;
  }

  /** The last exchange accepts, and says these events. */
  say(...events: readonly (readonly [event: string, data: string, id?: string])[]): void {
    this.last.on.opened();
    for (const [event, data, id] of events) this.last.on.received(event, data, id);
  }

  /** The last exchange ends by itself. */
  end(ending: Parameters<Exchange['ended']>[0] = { reason: 'reset' }): void {
    this.last.isOpen = false;
    this.last.on.ended(ending);
  }

  /** What a closed client must have given back. */
  expectNothingLeft(): void {
    const left = [this.open && 'an exchange', this.clock.timers.size > 0 && 'a timer', this.host && 'its host'].filter(Boolean);
    if (left.length > 0) throw new Error(`The client still holds ${left.join(' and ')}.`);
  }

  private begin(kind: Begun['kind'], from: From, on: Exchange): () => void {
    const begun: Begun = { kind, from, on, atMs: this.clock.elapsedMs(), isOpen: true };
    this.begun.push(begun);
    return () => (begun.isOpen = false);
  }
}
