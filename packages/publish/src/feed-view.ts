import { FORMAT, formatHeader, formatLine, type Item, type PatchHeader, type SnapshotHeader } from '@taffrail/engine';
import type { Audience } from './audience.ts';
import { type Frames, framesOf } from './frames.ts';
import { createHolding, type Holding } from './holding.ts';
import { createPatchRing, type PatchRing, type Step } from './patch-ring.ts';
import type { Standpoint } from './standpoint.ts';
import { formatTransfer } from './transfer.ts';

/**
 * A feed as it is read: the current items of one audience of one environment, and the way there from states before. Where it
 * is made and where it is copied, the same head has the same bytes.
 */
export abstract class FeedView {
  readonly epoch: string;
  readonly environment: string;
  readonly audience: Audience['name'];
  protected holding: Holding = createHolding();
  protected ring: PatchRing = createPatchRing();
  #head: number;

  constructor({ audience, environment, epoch, head }: Standpoint) {
    this.audience = audience;
    this.environment = environment;
    this.epoch = epoch;
    this.#head = head;
  }

  /** The last revision that changed what this audience sees. */
  get head(): number {
    return this.#head;
  }

  get checksum(): string {
    return this.holding.tally().checksum;
  }

  /** The head as event ids and readers say it. */
  get position(): string {
    return `${this.epoch}.${this.#head}`;
  }

  /** What streams are sent while the head stands. */
  frames(heartbeatMs: number): Frames {
    return framesOf(this, heartbeatMs);
  }

  /** What the snapshot at the head says of itself. */
  header(): SnapshotHeader {
    const { audience, epoch, environment } = this;
    return { format: FORMAT, origin: { environment }, audience, epoch, revision: this.#head, ...this.holding.tally() };
  }

  /** The items at the head. */
  items(): Iterable<Item> {
    return this.holding.items.values();
  }

  /** The lines of the snapshot at the head, always the same for one head. */
  snapshot(): string[] {
    return [formatHeader(this.header()), ...this.holding.lines()];
  }

  /** Whether there is a patch from a head to this one. */
  reaches(head: number): boolean {
    return head === this.#head || this.ring.remembers(head);
  }

  /** The head that a reader's position names (`epoch.revision`), if there is a patch from there. */
  reachable(position: string | undefined): number | undefined {
    const [, epoch, revision] = /^(.*)\.(\d{1,15})$/.exec(position ?? '') ?? [];
    const head = Number(revision);
    return epoch === this.epoch && this.reaches(head) ? head : undefined;
  }

  /** The lines of one patch from an earlier head to this one; undefined if that head is not remembered. */
  patch(from: number): string[] | undefined {
    const difference = from === this.#head ? { put: [], del: [] } : this.ring.since(from, this.holding.items);
    if (!difference) return undefined;
    const header: PatchHeader = { from, to: this.#head, ...this.holding.tally(), del: difference.del };
    return [JSON.stringify(header), ...difference.put.map(formatLine)];
  }

  /** What brings a copy of this feed from a position to the head; the whole, if there is no way from there. */
  transfer(position?: string): string {
    const { audience, epoch, environment, head } = this;
    const from = this.reachable(position);
    const steps = from === head ? [] : this.ring.steps(from);
    const items = from === undefined ? this.holding.items.values() : this.#touchedBy(steps);
    return formatTransfer({ audience, epoch, environment, head, from, steps, ...this.holding.tally(), items: [...items] });
  }

  /** Goes on to a head by changes that have been made, each remembered. */
  protected move(to: number, steps: readonly Step[]): void {
    for (const { from, before, bytes } of steps) this.ring.remember(from, before, bytes);
    this.#head = to;
  }

  /** Each item that is still there, once. */
  #touchedBy(steps: readonly Step[]): Item[] {
    const ids = new Set(steps.flatMap(({ before }) => [...before.keys()]));
    return [...ids].flatMap((id) => this.holding.items.get(id) ?? []);
  }
}
