import type { Committed, HistoryEntry, Preview } from '@taffrail/schema';
import type { Order, State } from './command.ts';
import type { Document, DocumentId, Scope } from './document.ts';

/** What is announced after a commit, inside the process: no data, only where and which revision. */
export interface Hint {
  readonly scope: Scope;
  readonly revision: number;
}

/** The one door for writes, and what may be read through it. */
export interface Commits {
  /** Applies an order in one transaction: documents, history, outbox, revision. Throws an `AppError`; then nothing was written. */
  commit<Input>(order: Order<Input>): Committed;
  /** What `commit` would do, and who is affected. Writes nothing. Rejects where `commit` would throw. */
  preview<Input>(order: Order<Input>): Promise<Preview>;
  /** The documents of a scope at its current revision. */
  state(scope: Scope): State;
  /** Drawn when the database is created, or found older than it was. */
  readonly epoch: string;
  /** The documents that commits after `after` wrote or removed, oldest first; undefined if the outbox does not reach back so far. */
  writesAfter(
    scope: Scope,
    after: number,
  ): readonly { revision: number; id: DocumentId; document: Document | undefined }[] | undefined;
  /** Calls back after each commit; a listener that throws hurts nobody. Returns what stops it. */
  onCommit(listener: (hint: Hint, entry: HistoryEntry) => void): () => void;
}
