import { UNSUPPORTED } from './answer.ts';
import type { Cell, Links } from './cell.ts';
import { NESTING_LEVELS } from './limits.ts';

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

/** Checks what is said to be a list, and each of its members. */
export function listOf<T>(list: readonly T[], fits: (member: T) => boolean): readonly T[] {
  if (!Array.isArray(list) || !list.every(fits)) throw new TypeError('A list is malformed.');
  return list;
}

export const isText = (json: unknown): boolean => typeof json === 'string';
