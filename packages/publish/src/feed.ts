import type { Audience, Edit } from './audience.ts';
import { FeedView } from './feed-view.ts';
import { idOf } from './holding.ts';

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
 * A feed where it is made, from the documents of its environment. It begins at a milestone and then wants every commit, in
 * order, so that its head is the same after every restart.
 */
export class Feed extends FeedView {
  readonly #audience: Audience;
  #revision: number;

  constructor({ audience, environment, epoch, revision, edits }: FeedOptions) {
    super({ audience: audience.name, environment, epoch, head: revision });
    this.#audience = audience;
    this.#revision = revision;
    for (const sight of audience.see(edits)) this.holding.replace(sight);
  }

  /** The revision of the project up to which commits were applied. */
  get revision(): number {
    return this.#revision;
  }

  /** Applies the edits of one commit. True if the head has moved. */
  apply(revision: number, edits: readonly Edit[]): boolean {
    const before = this.head;
    const passed = milestoneAt(revision - 1);
    if (passed > this.head) this.move(passed, [{ from: this.head, before: new Map(), bytes: 0 }]);
    this.#revision = revision;
    this.#change(revision, edits);
    return this.head !== before;
  }

  #change(revision: number, edits: readonly Edit[]): void {
    const before = new Map<string, string | undefined>();
    let bytes = 0;
    for (const sight of this.#audience.see(edits)) {
      const replaced = this.holding.replace(sight);
      if (!replaced) continue;
      before.set(idOf(sight), replaced.before);
      bytes += replaced.bytes;
    }
    if (before.size > 0) this.move(revision, [{ from: this.head, before, bytes }]);
  }
}
