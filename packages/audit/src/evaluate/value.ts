import type { Json } from '@taffrail/engine';
import type { Class, ObjectExpression, TSEnumDeclaration, TSSignature } from 'oxc-parser';
import type { Module } from '../syntax/module.ts';
import type { FunctionNode, Path, Scope } from '../syntax/scope.ts';

/** Where a node's names are looked up. */
export interface Where {
  readonly module: Module;
  readonly scope: Scope;
}

/** What can be told of an expression without running it. */
export type Value =
  /** A constant: a text, a number, a list, … */
  | { readonly is: 'constant'; readonly data: Json }
  | { readonly is: 'object'; readonly node: ObjectExpression; readonly where: Where }
  | { readonly is: 'enum'; readonly node: TSEnumDeclaration; readonly where: Where }
  | { readonly is: 'function'; readonly node: FunctionNode; readonly where: Where }
  | { readonly is: 'class'; readonly node: Class; readonly where: Where }
  | { readonly is: 'instance'; readonly node: Class; readonly where: Where }
  /** A value of which only the type is known: its members. */
  | { readonly is: 'shape'; readonly members: readonly TSSignature[]; readonly where: Where }
  /** A namespace of TypeScript. */
  | { readonly is: 'namespace'; readonly where: Where }
  /** All that a file exports. */
  | { readonly is: 'module'; readonly module: Module }
  /** Something of a package that is not in the repository, by the names on the way to it. */
  | { readonly is: 'foreign'; readonly from: string; readonly path: Path }
  /** A client of our SDKs, or what it gives for a context. */
  | { readonly is: 'client' }
  | { readonly is: 'method'; readonly name: string }
  /** What callers of a function pass. */
  | { readonly is: 'parameter'; readonly of: FunctionNode; readonly index: number; readonly path: Path; readonly module: Module }
  | { readonly is: 'either'; readonly values: readonly Value[] }
  /** It comes from somewhere that cannot be seen. `chain` holds the names that led there, the last one last. */
  | { readonly is: 'unseen'; readonly chain: Path }
  /** It is known to be something that has nothing to do with flags. */
  | { readonly is: 'other' };

export const other: Value = { is: 'other' };
export const client: Value = { is: 'client' };
export const unseen = (chain: Path = []): Value => ({ is: 'unseen', chain });
export const constant = (data: Json): Value => ({ is: 'constant', data });

/** More than anybody chooses a flag among. */
const mostAlternatives = 64;

/** One value of several. */
export function either(values: readonly Value[]): Value {
  const flat = values.flatMap((value) => (value.is === 'either' ? value.values : [value]));
  const [first] = flat;
  if (first === undefined) return other;
  if (flat.length > mostAlternatives) return unseen();
  return flat.length === 1 ? first : { is: 'either', values: flat };
}

/** The values that an expression may have. */
export const alternatives = (value: Value): readonly Value[] => (value.is === 'either' ? value.values : [value]);
