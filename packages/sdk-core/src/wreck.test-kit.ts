import type { Flag } from '@taffrail/engine';
import * as fc from 'fast-check';
import { switchFlag, Truth } from './truth.test-kit.ts';
import { World } from './world.test-kit.ts';

const RUNS = 100;
const KEYS = ['a', 'b', 'c'];

type Event = [event: string, data: string, id?: string];
const faults = ['drop', 'double', 'swap', 'damage', 'damage id', 'cut', 'replay'] as const;

/** A source of chance that replays from its seed. */
function chanceFrom(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    state ^= state >>> 15;
    return (state >>> 0) % below;
  };
}

/** One client, a server that edits all the time, and a network between them that cannot be trusted. */
class Wreck {
  readonly world = new World();
  readonly truth = new Truth(KEYS.map((key) => switchFlag(key, false)));
  readonly client = this.world.client();
  readonly told: Event[] = [];
  injected = 0;
  private readonly chance: (below: number) => number;

  constructor(seed: number) {
    this.chance = chanceFrom(seed);
    this.connect();
  }

  /** The server accepts the exchange that is open, as the wire says it does. */
  connect(): void {
    const [epoch, revision] = this.world.last.from.position?.split('.') ?? [];
    const { truth } = this;
    const opening: Event[] = [['hello', truth.hello()]];
    if (epoch !== truth.epoch) opening.push(['snapshot', truth.snapshot(), `${truth.epoch}.${truth.revision}`]);
    else if (Number(revision) < truth.revision) opening.push(['patch', ...truth.patch(Number(revision))]);
    this.world.say(...opening);
  }

  edit(): void {
    const key = KEYS[this.chance(KEYS.length)] ?? '';
    const from = this.truth.revision;
    this.truth.edit(this.chance(4) === 0 ? { del: [`f ${key}`] } : { put: [this.flag(key)] });
    this.told.push(['patch', ...this.truth.patch(from)]);
    if (this.chance(5) === 0) this.told.push(['beat', this.truth.beat()]);
  }

  /** Delivers what the server said, with one fault more often than not; the client reconnects as it likes. */
  deliver(): void {
    const events = this.told.splice(0);
    if (this.chance(3) > 0) this.spoil(events);
    for (const event of events) {
      if (!this.world.open) break;
      this.world.last.on.received(...event);
    }
  }

  /** Every fault ends here: the client has come back, or a beat sends it back. */
  recover(): void {
    for (let round = 0; round < 3; round++) {
      if (this.world.open) this.world.last.on.received('beat', this.truth.beat());
      while (!this.world.open) this.world.clock.advance(1_000);
      if (this.world.last.from !== this.seen) this.connect();
      this.seen = this.world.last.from;
    }
  }

  /** Whether the client serves what was true at the revision that it claims. */
  isTrue(): boolean {
    const items = this.truth.at(this.claimed());
    return KEYS.every((key) => {
      const item = items.get(`f ${key}`);
      const flag = item && (JSON.parse(item.json) as Flag);
      return this.client.details(key, false).variant === (flag?.fallthrough as { variant?: string } | undefined)?.variant;
    });
  }

  isNewest(): boolean {
    return this.claimed() === this.truth.revision && this.client.state === 'READY' && this.isTrue();
  }

  private claimed(): number {
    return Number(this.client.details('a', false).flagMetadata['revision']);
  }

  private seen: unknown = this.world.last.from;

  private flag(key: string): Flag {
    return switchFlag(key, this.chance(2) === 0, { metadata: { edit: this.truth.revision } });
  }

  private spoil(events: Event[]): void {
    const at = this.chance(Math.max(1, events.length));
    const event = events[at];
    if (!event) return;
    this.injected++;
    const old = this.truth.revision - 1 - this.chance(4);
    const acts: Record<(typeof faults)[number], () => unknown> = {
      drop: () => events.splice(at, 1),
      double: () => events.splice(at, 0, event),
      swap: () => events.unshift(...events.splice(at, 1)),
      damage: () => (event[1] = this.damaged(event[1])),
      'damage id': () => (event[2] = this.damaged(event[2] ?? 'x')),
      cut: () => (event[1] = event[1].slice(0, this.chance(event[1].length))),
      replay: () => old > 1 && events.push(['patch', ...this.truth.patch(old - 1, old)]),
    };
    acts[faults[this.chance(faults.length)] ?? 'drop']();
  }

  private damaged(text: string): string {
    const at = this.chance(text.length);
    return text.slice(0, at) + String.fromCharCode(32 + this.chance(95)) + text.slice(at + 1);
  }
}

/**
 * Injects so many faults, over a hundred clients: events dropped, doubled, swapped, cut, replayed or damaged. Fails at the first one
 * that makes a client serve something untrue, or from which it does not recover; the seed is told.
 */
export function faultsSurvived(faults: number): number {
  let survived = 0;
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const wreck = new Wreck(seed);
      while (wreck.injected < faults / RUNS) {
        for (let edits = 0; edits < 3; edits++) wreck.edit();
        wreck.deliver();
        if (!wreck.isTrue()) return false;
        wreck.recover();
        if (!wreck.isNewest()) return false;
      }
      survived += wreck.injected;
      return true;
    }),
    { numRuns: RUNS },
  );
  return survived;
}
