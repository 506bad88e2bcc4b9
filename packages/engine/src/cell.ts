import type { Answer } from './answer.ts';
import type { Context, Item, ItemSort } from './model.ts';
import type { Outcome } from './outcome.ts';
import type { Rows } from './rows/operator.ts';
import type { Step } from './flag.ts';

/** A compiled flag or segment. `watch` sees each step before it is taken. */
export type Run = (context: Context, nowMs: number, watch?: (step: Step) => void) => Outcome | Answer;

/**
 * The place of one item in a set. Compiled conditions hold on to cells, not to what is in them, so an update replaces the
 * content of one cell and nothing else. A cell without an item is a key that was deleted or is only referred to.
 */
export interface Cell {
  readonly sort: ItemSort;
  readonly key: string;
  item: Item | undefined;
  /** The parsed and frozen JSON; absent until it is first asked for. */
  document: unknown;
  /** Absent until the item is first evaluated. */
  run: Run | undefined;
  /** What it answers to every context, if the compiled item asks nothing of the context. */
  constant: Outcome | undefined;
  /** The moments, in epoch milliseconds, at which one of its compiled `time` conditions changes its answer. */
  boundariesMs: number[] | undefined;
  /** Set while a reference to it is being followed, so that a cycle is found. */
  busy: boolean;
}

/** What compiled conditions know of the set they are in. */
export interface Links {
  readonly rows: Rows;
  /** The cell of a key, made when there is none. */
  cell(sort: ItemSort, key: string): Cell;
  /** Follows a reference: runs what is in the cell, in the same context. */
  follow(cell: Cell, context: Context, nowMs: number): Outcome | Answer;
  /** Where conditions take down what they could not understand. */
  readonly unsupported: Set<string>;
}
