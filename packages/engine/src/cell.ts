import type { Answer } from './answer.ts';
import { parseDocument } from './document.ts';
import type { Context, Item, ItemSort } from './model.ts';
import type { Outcome } from './outcome.ts';
import type { Step } from './step.ts';

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
  /** The parsed JSON; absent until it is first asked for. */
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

/** Puts an item in a cell, or takes it out; what was made of the old one is forgotten. */
export function fill(cell: Cell, item: Item | undefined): void {
  cell.item = item;
  cell.document = cell.run = cell.constant = cell.boundariesMs = undefined;
}

/** What is in a cell, parsed. */
export const documentOf = (cell: Cell): unknown => (cell.document ??= cell.item && parseDocument(cell.item));
