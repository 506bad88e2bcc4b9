import { FORMAT, formatHeader, formatLine, type PatchHeader } from '@taffrail/engine';
import type { Audience, Edit } from './audience.ts';
import { createHolding, idOf } from './holding.ts';
import { type Before, createPatchRing } from './patch-ring.ts';

/**
 * Every so many revisions of a project count as a change for every audience, seen or not. It costs a reader an empty patch,
 * and bounds how far back one must look for an audience's head after a restart.
 */
export const MILESTONE_REVISIONS = 1_024;

/** The last milestone that is not above a revision; 0 is one. */
export const milestoneAt = (revision: number): number => revision - (revision % MILESTONE_REVISIONS);

export interface FeedOptions {
  readonly audience: Audience;
  readonly environment: string;
  /** Drawn for this audience alone, so that no state, entity tag or event id of another is ever taken for one of this. */
  readonly epoch: string;
  /** Where the feed begins: a milestone. */
  readonly revision: number;
  /** Every document as it is at that revision. */
  readonly edits: readonly Edit[];
}

/**
 * The current items of one audience of one environment, and the way there from states before. It begins at a milestone and
 * then wants every commit, in order, so that its head is the same after every restart.
 */
export class Feed {
  readonly epoch: string;
  readonly environment: string;
  readonly audience: Audience['name'];
  readonly #audience: Audience;
  readonly #holding = createHolding();
  readonly #ring = createPatchRing();
  #revision: number;
  #head: number;

  constructor({ audience, environment, epoch, revision, edits }: FeedOptions) {
    this.epoch = epoch;
    this.environment = environment;
    this.audience = audience.name;
    this.#audience = audience;
    this.#revision = revision;
    this.#head = revision;
    for (const sight of audience.see(edits)) this.#holding.replace(sight);
  }

  /** The revision of the project up to which commits were applied. */
  get revision(): number {
    return this.#revision;
  }

  /** The last revision that changed what this audience sees. */
  get head(): number {
    return this.#head;
  }

  get checksum(): string {
    return this.#holding.tally().checksum;
  }

  /** Applies the edits of one commit. True if the head has moved. */
  apply(revision: number, edits: readonly Edit[]): boolean {
    const before = this.#head;
    const passed = milestoneAt(revision - 1);
    if (passed > this.#head) this.#move(passed, new Map(), 0);
    this.#revision = revision;
    this.#change(revision, edits);
    return this.#head !== before;
  }

  /** The lines of the snapshot at the head, always the same for one head. */
  snapshot(): string[] {
    const { audience, epoch, environment } = this;
    const header = { format: FORMAT, origin: { environment }, audience, epoch, revision: this.#head };
    return [formatHeader({ ...header, ...this.#holding.tally() }), ...this.#holding.lines()];
  }

  /** Whether there is a patch from a head to this one. */
  reaches(head: number): boolean {
    return head === this.#head || this.#ring.remembers(head);
  }

  /** The head that a reader's position names (`epoch.revision`), if there is a patch from there. */
  reachable(position: string | undefined): number | undefined {
    const [, epoch, revision] = /^(.*)\.(\d{1,15})$/.exec(position ?? '') ?? [];
    const head = Number(revision);
    return epoch === this.epoch && this.reaches(head) ? head : undefined;
  }

  /** The lines of one patch from an earlier head to this one; undefined if that head is not remembered. */
  patch(from: number): string[] | undefined {
    const difference = from === this.#head ? { put: [], del: [] } : this.#ring.since(from, this.#holding.items);
    if (!difference) return undefined;
    const header: PatchHeader = { from, to: this.#head, ...this.#holding.tally(), del: difference.del };
    return [JSON.stringify(header), ...difference.put.map(formatLine)];
  }

  #change(revision: number, edits: readonly Edit[]): void {
    const before = new Map<string, string | undefined>();
    let bytes = 0;
    for (const sight of this.#audience.see(edits)) {
      const replaced = this.#holding.replace(sight);
      if (!replaced) continue;
      before.set(idOf(sight), replaced.before);
      bytes += replaced.bytes;
    }
    if (before.size > 0) this.#move(revision, before, bytes);
  }

  #move(to: number, before: Before, bytes: number): void {
    this.#ring.remember(this.#head, before, bytes);
    this.#head = to;
  }
}
