import type {
  Actor,
  BodyOf,
  Change,
  Contracts,
  GatedAction,
  HistoryEntry,
  Operation,
  ParamsOf,
  Permission,
} from '@taffrail/schema';
import type { Site } from '../installs/site.ts';
import type { Document, DocumentId, Scope, Sort, Write } from './document.ts';

/** A scope's documents at one revision, for ever: a commit makes another state. Reading is all a command can do with it. */
export interface State extends Past {
  readonly scope: Scope;
  readonly revision: number;
  get<S extends Sort>(sort: S, key: string, environment?: string): Document<S> | undefined;
  /** In order of their keys; of all environments, one after the other, if none is named. */
  list<S extends Sort>(sort: S, environment?: string): readonly Document<S>[];
  /** The state that these writes would make, one revision on. */
  after(writes: readonly Write[]): State;
}

/** What a scope was at earlier revisions. */
export interface Past {
  /** A document as it stood at an earlier revision; undefined if it did not exist then, or if that has been erased. */
  at<S extends Sort>(id: DocumentId<S>, revision: number): Document<S> | undefined;
  /** All documents of an environment as they stood at an earlier revision, without what has been erased. */
  environmentAt(environment: string, revision: number): readonly Document[];
  /** Those of the documents of which nobody can tell any more what they were at an earlier revision. */
  erasedAt(ids: readonly DocumentId[], revision: number): readonly DocumentId[];
  /** The same of all that an environment had at an earlier revision. */
  erasedIn(environment: string, revision: number): readonly DocumentId[];
  /** The ids of the documents that the commit of a revision wrote; undefined if there was no such commit. */
  writtenBy(revision: number): readonly DocumentId[] | undefined;
  /** What the history says of the commit of a revision. */
  entry(revision: number): HistoryEntry | undefined;
}

/** What `apply` may know of the world: nothing else moves it, so a command applied twice to one state gives one result. */
export interface Occasion {
  readonly now: Date;
  /** Draws an id that no other commit draws; a preview and its commit draw the same. */
  readonly newId: () => string;
  readonly actor: Actor;
  /** Whether the actor holds a permission beyond the command's own, in the scope or in one environment of it. */
  readonly may: May;
  /** What the installs of the project said of themselves: for sentences and previews. Nothing that is written goes by it. */
  readonly sites: () => ReadonlyMap<string, Site>;
}

export type May = (permission: Permission, environment?: string) => boolean;

/** What a command does: the documents it writes and the sentences that say so. No writes: nothing changes and nothing is recorded. */
export interface Outcome {
  readonly write: readonly Write[];
  readonly changes: readonly Change[];
  /** The revision this outcome reverts. */
  readonly undoes?: number;
  /** Facts for a preview that are no reason to refuse. */
  readonly warnings?: readonly string[];
  /** The request that was made, or is left to be reviewed. */
  readonly request?: string;
  /** A second person stands behind it, or it is an emergency that is left to be reviewed: it waits no more. */
  readonly isSettled?: true;
  /** It stops something for everybody: it never waits, though what asks the other way round may give somebody more. */
  readonly isStop?: true;
}

/** A command that was applied to a state. Nothing is written yet. */
export interface Applied {
  readonly state: State;
  readonly occasion: Occasion;
  readonly outcome: Outcome;
  /** What the command is, for policies; absent means publishing. */
  readonly action?: GatedAction | undefined;
}

/**
 * Everything anyone changes is a command: data with a pure `apply`, from the current documents to the next ones. It throws
 * an `AppError` when the input cannot be applied. Preview is a command that is not committed; undo and rollback are commands.
 */
export interface Command<Input> {
  readonly name: string;
  readonly version: number;
  readonly permission: Permission;
  /** What an environment's policies may gate it as, beside `publish`, which gates whatever gives somebody more. */
  readonly action?: GatedAction;
  apply(state: State, input: Input, occasion: Occasion): Outcome;
}

/** The input of a command that stands on a contract's row: the path's parameters below the project, and the body without its reason. */
export type InputOf<K extends Operation> = FieldsOf<BodyOf<Contracts[K]>> & Omit<ParamsOf<K>, 'org' | 'project'>;

/** A contract without a body adds nothing. */
type FieldsOf<Body> = [Body] extends [never] ? unknown : Omit<Body, 'reason'>;

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
  /** Asked when a command needs more than its own permission, as undoing a kill does; absent means that nothing more is held. */
  readonly may?: May | undefined;
  readonly reason?: string | undefined;
  /** Refused with CONFLICT if the document's revision is another by now. */
  readonly ifMatch?: { readonly id: DocumentId; readonly revision: number } | undefined;
  /** Draws ids from this instead of the revision: a request draws the same ones whenever it is applied. */
  readonly seed?: string | undefined;
  /** A retried order with the same key answers what the first one did. */
  readonly idempotencyKey?: string | undefined;
}
