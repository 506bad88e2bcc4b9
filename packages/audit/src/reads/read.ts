import type { FlagType, Json } from '@taffrail/engine';
import type { Node } from 'oxc-parser';
import type { Module } from '../syntax/module.ts';

/** A stretch of a file. Lines and columns count from 1, columns in UTF-16 code units; the end is exclusive. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One place in the code that asks for a flag. */
export interface Read {
  /** Absent if it cannot be told without running the code; then `why` says why. */
  readonly key?: string;
  readonly why?: string;
  /** What the code expects; absent if that cannot be told. */
  readonly type?: FlagType;
  /** Absent if there is none, or it cannot be told. */
  readonly codeDefault?: Json;
  /** What is called, as it is written. */
  readonly callee: string;
  /** Where the key stands. */
  readonly place: Place;
}

/** A place where a test puts a flag into a position. */
export interface Setting {
  readonly key: string;
  /** Absent: both, one after the other, or it cannot be told. */
  readonly value?: Json;
  readonly place: Place;
}

export function placeOf({ file, position }: Module, { start, end }: Pick<Node, 'start' | 'end'>): Place {
  const { line, column } = position(start);
  const { line: endLine, column: endColumn } = position(end);
  return { file, line, column, endLine, endColumn };
}
