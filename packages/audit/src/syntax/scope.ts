import type {
  ArrowFunctionExpression,
  Class,
  Expression,
  Function as PlainFunction,
  TSEnumDeclaration,
  TSInterfaceDeclaration,
  TSType,
  TSTypeAliasDeclaration,
} from 'oxc-parser';

export type FunctionNode = PlainFunction | ArrowFunctionExpression;
export type TypeNode = TSInterfaceDeclaration | TSTypeAliasDeclaration;

/** The way from a value to a part of it, by the names of its members. */
export type Path = readonly string[];

/** An expression, and the scope that its names are looked up in. */
export interface Placed<N = Expression> {
  readonly node: N;
  readonly scope: Scope;
}

/** What a name stands for. */
export type Binding =
  | {
      readonly sort: 'value';
      readonly init: Placed | undefined;
      /** The name takes this part of `init`. */
      readonly path: Path;
      readonly type: TSType | undefined;
      /** What else it is set to; undefined among them: to something that cannot be told. */
      readonly later: (Placed | undefined)[];
    }
  | {
      readonly sort: 'parameter';
      readonly of: FunctionNode;
      readonly index: number;
      readonly path: Path;
      readonly type: TSType | undefined;
      readonly later: (Placed | undefined)[];
    }
  | { readonly sort: 'function'; readonly node: FunctionNode }
  | { readonly sort: 'class'; readonly node: Class }
  | { readonly sort: 'enum'; readonly node: TSEnumDeclaration }
  | { readonly sort: 'import'; readonly from: string; readonly name: string }
  | { readonly sort: 'unknown' };

/** Names that hold in a part of a file. */
export interface Scope {
  readonly parent: Scope | undefined;
  readonly names: Map<string, Binding>;
  readonly types: Map<string, TypeNode>;
  /** What TypeScript's namespaces hold, by their names; a function may have one of its name. */
  readonly namespaces: Map<string, Scope>;
  /** `var` and functions' own names go up to the next of these. */
  readonly holdsVars: boolean;
  /** The class that `this` is an instance of. */
  readonly self: Class | undefined;
}

export function scopeIn(parent: Scope | undefined, holdsVars = false, self = parent?.self): Scope {
  return { parent, names: new Map(), types: new Map(), namespaces: new Map(), holdsVars, self };
}

export function lookUp(name: string, from: Scope): { readonly binding: Binding; readonly scope: Scope } | undefined {
  for (let scope: Scope | undefined = from; scope; scope = scope.parent) {
    const binding = scope.names.get(name);
    if (binding) return { binding, scope };
  }
  return undefined;
}

export function lookUpType(name: string, from: Scope): Placed<TypeNode> | undefined {
  for (let scope: Scope | undefined = from; scope; scope = scope.parent) {
    const node = scope.types.get(name);
    if (node) return { node, scope };
  }
  return undefined;
}

export function lookUpNamespace(name: string, from: Scope): Scope | undefined {
  for (let scope: Scope | undefined = from; scope; scope = scope.parent) {
    const inside = scope.namespaces.get(name);
    if (inside) return inside;
  }
  return undefined;
}
