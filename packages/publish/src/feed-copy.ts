import { addDigest, type Item, subDigest } from '@taffrail/engine';
import { FeedView } from './feed-view.ts';
import { createHolding, type Holding, idOf } from './holding.ts';
import { createPatchRing } from './patch-ring.ts';
import type { Transfer } from './transfer.ts';

/**
 * What a transfer did to a copy: it moved the head; it told nothing new; it is for another head, or does not sum: the whole is
 * wanted. Or it is of another past than the copy, which must then be opened anew.
 */
export type Brought = 'moved' | 'known' | 'astray' | 'other-past';

/** A feed that is made elsewhere: byte for byte what it is there, at the head that it was last brought to. */
export class FeedCopy extends FeedView {
  /** The copy that a transfer of the whole makes; undefined if it is no such, or does not sum. */
  static of(transfer: Transfer): FeedCopy | undefined {
    if (transfer.from !== undefined) return undefined;
    const copy = new FeedCopy(transfer);
    return copy.#becomes(transfer) ? copy : undefined;
  }

  /** Goes on to where a transfer leads: whole, or not at all. */
  bring(transfer: Transfer): Brought {
    if (transfer.epoch !== this.epoch) return 'other-past';
    if (transfer.head < this.head) return 'known';
    if (transfer.head === this.head) return transfer.checksum === this.checksum ? 'known' : 'other-past';
    const isDone = transfer.from === undefined ? this.#becomes(transfer) : this.#goesOn(transfer);
    return isDone ? 'moved' : 'astray';
  }

  #becomes({ items, steps, head, checksum }: Transfer): boolean {
    const holding = createHolding();
    for (const item of items) holding.put(idOf(item), item);
    if (holding.tally().checksum !== checksum) return false;
    this.holding = holding;
    this.ring = createPatchRing();
    this.move(head, steps);
    return true;
  }

  #goesOn({ from, items, steps, head, checksum }: Transfer): boolean {
    const arrived = new Map(items.map((item) => [idOf(item), item]));
    const touched = new Set(steps.flatMap(({ before }) => [...before.keys()]));
    if (from !== this.head || sumAfter(this.holding, touched, arrived) !== checksum) return false;
    for (const id of touched) this.holding.put(id, arrived.get(id));
    this.move(head, steps);
    return true;
  }
}

/** What the checksum will be, before anything is touched. */
function sumAfter({ items, tally }: Holding, touched: Iterable<string>, arrived: ReadonlyMap<string, Item>): string {
  let { checksum } = tally();
  for (const id of touched) {
    const [before, after] = [items.get(id), arrived.get(id)];
    if (before) checksum = subDigest(checksum, before.digest);
    if (after) checksum = addDigest(checksum, after.digest);
  }
  return checksum;
}
