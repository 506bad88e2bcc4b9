import type { Actor, Change, Permission } from '@taffrail/schema';
import type { Document, DocumentId, Scope, Sort, Write } from './document.ts';

/** A scope's documents at one revision. Reading is all a command can do with it. */
export interface State {
  readonly scope: Scope;
  readonly revision: number;
  get<S extends Sort>(sort: S, key: string, environment?: string): Document<S> | undefined;
  list<S extends Sort>(sort: S, environment?: string): readonly Document<S>[];
  /** A document as it stood at an earlier revision; undefined if it did not exist then. */
  at<S extends Sort>(id: DocumentId<S>, revision: number): Document<S> | undefined;
  /** The ids of the documents that the commit of a revision wrote; undefined if there was no such commit. */
  writtenBy(revision: number): readonly DocumentId[] | undefined;
}

/** What `apply` may know of the world: nothing else moves it, so a command applied twice to one state gives one result. */
export interface Occasion {
  readonly now: Date;
  readonly newId: () => string;
  readonly actor: Actor;
}

/** What a command does: the documents it writes and the sentences that say so. No writes: nothing changes and nothing is recorded. */
export interface Outcome {
  readonly write: readonly Write[];
  readonly changes: readonly Change[];
  /** The revision this outcome reverts. */
  readonly undoes?: number;
  /** Facts for a preview that are no reason to refuse. */
  readonly warnings?: readonly string[];
}

/**
 * Everything anyone changes is a command: data with a pure `apply`, from the current documents to the next ones. It throws
 * an `AppError` when the input cannot be applied. Preview is a command that is not committed; undo and rollback are commands.
 */
export interface Command<Input> {
  readonly name: string;
  readonly version: number;
  readonly permission: Permission;
  apply(state: State, input: Input, occasion: Occasion): Outcome;
}

/** Declares a command. */
export function command<Input>(definition: Command<Input>): Command<Input> {
  return definition;
}

/** A command with its input and circumstances: what commit takes. */
export interface Order<Input> {
  readonly scope: Scope;
  readonly command: Command<Input>;
  readonly input: Input;
  readonly actor: Actor;
  readonly reason?: string | undefined;
  /** Refused with CONFLICT if the document's revision is another by now. */
  readonly ifMatch?: { readonly id: DocumentId; readonly revision: number } | undefined;
  /** A retried order with the same key answers what the first one did. */
  readonly idempotencyKey?: string | undefined;
}
