import type { Expression, Node, Program } from 'oxc-parser';
import { chainOf, nameOfKey } from './names.ts';
import type { Placed, Scope } from './scope.ts';

/** What an export gives: a name of this file, an expression, or a name of another file. */
export type Exported =
  | { readonly sort: 'local'; readonly name: string }
  | { readonly sort: 'expression'; readonly value: Placed<Node> }
  | { readonly sort: 'from'; readonly from: string; readonly name: string };

export interface Exports {
  readonly named: ReadonlyMap<string, Exported>;
  /** The files of `export * from`. */
  readonly all: readonly string[];
}

/** The name under which `module.exports = …` and `export = …` stand. */
export const wholeModule = 'module.exports';

interface Found {
  readonly named: Map<string, Exported>;
  readonly all: string[];
}

/** What a file gives to others, by the syntax of modules and by that of CommonJS. */
export function exportsOf({ body }: Program, scope: Scope): Exports {
  const found: Found = { named: new Map(), all: [] };
  for (const statement of body) collect(statement, scope, found);
  return found;
}

function collect(statement: Node, scope: Scope, { named, all }: Found): void {
  switch (statement.type) {
    case 'ExportNamedDeclaration':
      for (const [name, exported] of namedIn(statement)) named.set(name, exported);
      break;
    case 'ExportDefaultDeclaration':
      named.set('default', defaultOf(statement.declaration, scope));
      break;
    case 'ExportAllDeclaration':
      if (statement.exported === null) all.push(statement.source.value);
      else named.set(nameOf(statement.exported), { sort: 'from', from: statement.source.value, name: '*' });
      break;
    case 'TSExportAssignment':
      named.set(wholeModule, { sort: 'expression', value: { node: statement.expression, scope } });
      break;
    case 'ExpressionStatement':
      collectAssignment(statement.expression, scope, named);
      break;
    default:
  }
}

type NamedExport = Extract<Node, { type: 'ExportNamedDeclaration' }>;

function namedIn({ declaration, specifiers, source }: NamedExport): [string, Exported][] {
  const declared = (declaration ? namesDeclaredBy(declaration) : []).map((name): [string, Exported] => [
    name,
    { sort: 'local', name },
  ]);
  const listed = specifiers.map((specifier): [string, Exported] => {
    const name = nameOf(specifier.local);
    return [nameOf(specifier.exported), source ? { sort: 'from', from: source.value, name } : { sort: 'local', name }];
  });
  return [...declared, ...listed];
}

function namesDeclaredBy(declaration: Node): string[] {
  if (declaration.type !== 'VariableDeclaration') {
    return 'id' in declaration && declaration.id?.type === 'Identifier' ? [declaration.id.name] : [];
  }
  return declaration.declarations.flatMap(({ id }) => namesIn(id));
}

function namesIn(pattern: Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesIn(element) : []));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => namesIn(property.type === 'RestElement' ? property : property.value));
    default:
      return [];
  }
}

function defaultOf(declaration: Node, scope: Scope): Exported {
  const named = 'id' in declaration && declaration.id?.type === 'Identifier' ? declaration.id.name : undefined;
  const isDeclaration = declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration';
  if (isDeclaration && named !== undefined) return { sort: 'local', name: named };
  return { sort: 'expression', value: { node: declaration, scope } };
}

/** `exports.a = …`, `module.exports.a = …`, `module.exports = …`. */
function collectAssignment(expression: Expression, scope: Scope, named: Map<string, Exported>): void {
  if (expression.type !== 'AssignmentExpression' || expression.operator !== '=') return;
  const chain = chainOf(expression.left).join('.');
  const [, member] = /^(?:module\.)?exports\.([^.]+)$/.exec(chain) ?? [];
  const exported: Exported = { sort: 'expression', value: { node: expression.right, scope } };
  if (chain === wholeModule) named.set(wholeModule, exported);
  else if (member !== undefined) named.set(member, exported);
}

const nameOf = (node: Node) => nameOfKey({ key: node, computed: false }) ?? '';
