import type { Expression, Node, TSType } from 'oxc-parser';
import type { Module } from '../syntax/module.ts';
import type { Binding, FunctionNode, Placed } from '../syntax/scope.ts';
import type { Value, Where } from './value.ts';

/** Which files of the repository may be entered to learn what a name stands for. */
export type Enters = (file: string) => boolean;

/** Works out what expressions are. One evaluator serves one question: it has a number of steps to spend, and then gives up. */
export interface Evaluator {
  readonly expression: (node: Expression | Node, where: Where) => Value;
  /** What a name stands for. */
  readonly name: (name: string, where: Where) => Value;
  /** A part of a value. */
  readonly member: (of: Value, name: string) => Value;
  /** What calling a value gives. */
  readonly result: (of: Value) => Value;
  /** A value of which the type was written down. */
  readonly typed: (type: TSType, where: Where) => Value;
  /** What a file exports under a name. */
  readonly exported: (module: Module, name: string) => Value;
  /** What an import brings. */
  readonly imported: (from: Module, specifier: string, name: string) => Value;
  /** What was found out of a name, or of what a function returns, is not worked out again. */
  readonly once: (subject: Binding | FunctionNode, work: () => Value) => Value;
}

export const whereOf = ({ scope }: Placed<unknown>, module: Module): Where => ({ module, scope });
