import type { CallExpression, Class, JSXOpeningElement, Program } from 'oxc-parser';
import { exportsOf, type Exports } from './exports.ts';
import { positionsIn, type Position } from './lines.ts';
import type { FunctionNode, Placed, Scope } from './scope.ts';
import { Survey } from './survey.ts';
import { walk, type ChildFields } from './walk.ts';

/** What the audit knows of one file. */
export interface Module {
  readonly file: string;
  readonly text: string;
  readonly scope: Scope;
  /** Every scope of the file, the outermost first. */
  readonly scopes: readonly Scope[];
  /** What it imports from, in whatever way. */
  readonly specifiers: ReadonlySet<string>;
  readonly calls: readonly Placed<CallExpression>[];
  readonly elements: readonly Placed<JSXOpeningElement>[];
  readonly exports: Exports;
  /** The scope inside of each function: its parameters and its body's names. */
  readonly inside: ReadonlyMap<FunctionNode, Scope>;
  /** What each function returns. */
  readonly returned: ReadonlyMap<FunctionNode, readonly Placed[]>;
  /** What is assigned to members of `this`, by class and member. */
  readonly assigned: ReadonlyMap<Class, ReadonlyMap<string, readonly Placed[]>>;
  readonly position: (offset: number) => Position;
}

interface Source {
  readonly file: string;
  readonly text: string;
  readonly program: Program;
}

/** Reads a tree once: which names it declares where, what it calls, what it exports. */
export function analyse({ file, text, program }: Source, childFields: ChildFields): Module {
  const survey = new Survey();
  walk(program, childFields, survey);
  survey.settleAssignments();
  const { root, scopes, specifiers, calls, elements, inside, returned, assigned } = survey;
  const exports = exportsOf(program, root);
  return {
    file,
    text,
    scope: root,
    scopes,
    specifiers,
    calls,
    elements,
    exports,
    inside,
    returned,
    assigned,
    position: positionsIn(text),
  };
}
