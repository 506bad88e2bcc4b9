import { isDeepStrictEqual } from 'node:util';
import type { Module } from '../syntax/module.ts';
import type { FunctionNode } from '../syntax/scope.ts';
import type { ReadSort } from './sorts.ts';

/** A function by where it stands: its node may be forgotten and parsed again. */
export type FunctionId = string;

export const functionId = ({ file }: Module, { start }: FunctionNode): FunctionId => `${file}#${start}`;

/** Functions whose callers say which flag is read: each of their calls is a read. */
export interface Wrappers {
  readonly sortsOf: (id: FunctionId) => readonly ReadSort[];
  readonly knows: (id: FunctionId) => boolean;
  readonly add: (id: FunctionId, sort: ReadSort) => void;
  /** How much is known of a file's functions; it only grows. */
  readonly sizeIn: (file: string) => number;
  /** Whether a call of it was asked for. */
  readonly isCalled: (id: FunctionId) => boolean;
}

/** One parameter is handed on a few times at the most. */
const mostSorts = 8;

export function createWrappers(): Wrappers {
  const known = new Map<FunctionId, ReadSort[]>();
  const called = new Set<FunctionId>();
  const sizes = new Map<string, number>();
  return {
    sortsOf: (id) => {
      const sorts = known.get(id) ?? [];
      if (sorts.length > 0) called.add(id);
      return sorts;
    },
    knows: (id) => known.has(id),
    add: (id, sort) => {
      const sorts = known.get(id) ?? [];
      known.set(id, sorts);
      if (sorts.length >= mostSorts || sorts.some((one) => isDeepStrictEqual(one, sort))) return;
      sorts.push(sort);
      const file = id.slice(0, id.lastIndexOf('#'));
      sizes.set(file, (sizes.get(file) ?? 0) + 1);
    },
    sizeIn: (file) => sizes.get(file) ?? 0,
    isCalled: (id) => called.has(id),
  };
}
