import type { FlagSet, Item } from '@taffrail/engine';
import type { Voice } from './voice.ts';

/**
 * From the lines of a snapshot to the lines that are evaluated. Pure, and no line depends on another, so that a patch costs its own
 * lines only. What the origin sent is kept, checked and sent on as it was.
 */
export interface Layer {
  /** The flags whose lines it may change. */
  readonly flags: ReadonlySet<string>;
  /** The line to evaluate in the place of such a flag's line; the same item where it changes nothing. Never throws. */
  readonly lay: (item: Item) => Item;
}

/** What a source of layers brings them to. */
export interface LayerSink {
  /** From now on the state at hand and all that follow are seen through this layer, and through no other. */
  lay(layer: Layer): void;
  readonly say: Voice['say'];
}

/** A source of layers at work. */
export interface RunningLayers {
  /** Resolves when the first layer is there or cannot be; nobody is told that the client is ready before. Never rejects. */
  readonly loaded: Promise<unknown>;
  /** The state was replaced, or a layer was laid on it. */
  saw(set: FlagSet): void;
  close(): void;
}

/** Where layers come from: one at once, others when something changes. */
export type LayerSource = (sink: LayerSink) => RunningLayers;

/** What lays layers on a store's items. */
export interface Laying {
  /** The items to evaluate in these items' place. */
  readonly over: (items: readonly Item[]) => readonly Item[];
  /** The item as the origin sent it. */
  readonly sent: (item: Item) => Item;
}

/** The layers of one client. */
export interface Layering extends Laying {
  readonly begin: (client: Layered) => void;
  /** The state was replaced, or lines of it made anew. Answers with the text of the lines that were made since. */
  readonly saw: (set: FlagSet) => string;
  readonly close: () => void;
}

/** What layers know of their client. */
export interface Layered {
  readonly set: () => FlagSet | undefined;
  /** Lines of the set were made anew. */
  readonly changed: (set: FlagSet) => void;
  /** Nobody is told that the client is ready before the returned function is called. */
  readonly hold: () => () => void;
  readonly say: Voice['say'];
}
