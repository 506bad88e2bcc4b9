import { UNSUPPORTED } from './answer.ts';
import type { Answer } from './answer.ts';
import type { Cell, Run } from './cell.ts';
import { NESTING_LEVELS } from './limits.ts';
import type { Context, ItemSort } from './model.ts';
import type { Outcome } from './outcome.ts';
import type { Rows } from './rows/operator.ts';

/** What compiled conditions know of the set they are in. */
export interface Links {
  readonly rows: Rows;
  /** Where conditions take down what they could not understand. */
  readonly unsupported: Set<string>;
  /** The cell of a key, made when there is none. */
  cell(sort: ItemSort, key: string): Cell;
  /** What is in a cell, compiled. */
  run(cell: Cell): Run;
  /** Follows a reference: runs what is in the cell, in the same context. */
  follow(cell: Cell, context: Context, nowMs: number): Outcome | Answer;
}

/** Where something is compiled: in which item of which set, and how deep inside it. */
export interface Scope {
  readonly links: Links;
  readonly cell: Cell;
  /** The salt of buckets that have none of their own. */
  readonly salt: string;
  readonly level: number;
}

/** Answers *unsupported* and takes down what was not understood. */
export function unsupported(scope: Pick<Scope, 'links'>, what: string): () => typeof UNSUPPORTED {
  return () => {
    scope.links.unsupported.add(what);
    return UNSUPPORTED;
  };
}

/**
 * Compiles one level deeper. What is malformed compiles to *unsupported*: the document's fault shows as a TypeError. Anything else,
 * such as a caller's stack that is nearly full, says nothing about the document and is passed on.
 */
export function compileWithin<R>(scope: Scope, compile: (within: Scope) => R): R | (() => typeof UNSUPPORTED) {
  if (scope.level >= NESTING_LEVELS) return unsupported(scope, 'nesting');
  try {
    return compile({ ...scope, level: scope.level + 1 });
  } catch (error) {
    if (error instanceof TypeError) return unsupported(scope, 'malformed');
    throw error;
  }
}
