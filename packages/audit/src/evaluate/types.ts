import type { TSType } from 'oxc-parser';
import { clientTypes } from './sdk.ts';
import { lookUp, lookUpType, type TypeNode } from '../syntax/scope.ts';
import type { Evaluator } from './evaluator.ts';
import { client, either, other, unseen, type Value, type Where } from './value.ts';

type Reference = Extract<TSType, { type: 'TSTypeReference' }>;

/** Types that give their first argument, or parts of it. */
const wrappers = new Set(['Readonly', 'Partial', 'Required', 'Pick', 'Omit', 'NonNullable', 'Promise', 'Awaited']);

/** A value of which the type is written down: a client, an instance, something with members. */
export function typedAs(evaluator: Evaluator, type: TSType, where: Where): Value {
  switch (type.type) {
    case 'TSTypeReference':
      return referenced(evaluator, type, where);
    case 'TSTypeLiteral':
      return { is: 'shape', members: type.members, where };
    case 'TSUnionType':
    case 'TSIntersectionType':
      return firstKnown(type.types.map((one) => evaluator.typed(one, where)));
    case 'TSParenthesizedType':
      return evaluator.typed(type.typeAnnotation, where);
    case 'TSTypeQuery':
      return type.exprName.type === 'Identifier' ? evaluator.name(type.exprName.name, where) : other;
    default:
      return other;
  }
}

const tells = ({ is }: Value) => is !== 'other' && is !== 'unseen';

function firstKnown(values: readonly Value[]): Value {
  const known = values.filter(tells);
  return known.length === 0 ? other : either(known);
}

function referenced(evaluator: Evaluator, { typeName, typeArguments }: Reference, where: Where): Value {
  if (typeName.type !== 'Identifier') return other;
  const [first] = typeArguments?.params ?? [];
  const local = lookUpType(typeName.name, where.scope);
  if (local) return declared(evaluator, local.node, { module: where.module, scope: local.scope });
  const found = lookUp(typeName.name, where.scope)?.binding;
  if (found?.sort === 'import') return typeOf(evaluator.imported(where.module, found.from, found.name));
  if (found?.sort === 'class') return { is: 'instance', node: found.node, where };
  if (!first || found) return other;
  if (typeName.name === 'ReturnType') return evaluator.result(evaluator.typed(first, where));
  return wrappers.has(typeName.name) ? evaluator.typed(first, where) : other;
}

/** What a value of an imported type is: the import itself is seen as a value. */
function typeOf(value: Value): Value {
  if (value.is === 'class') return { ...value, is: 'instance' };
  if (value.is === 'foreign') return clientTypes[value.from]?.includes(value.path.join('.')) ? client : unseen();
  return value.is === 'shape' || value.is === 'client' || value.is === 'instance' ? value : other;
}

/** A type that is declared in a file. */
export function declared(evaluator: Evaluator, node: TypeNode, where: Where): Value {
  if (node.type === 'TSTypeAliasDeclaration') return evaluator.typed(node.typeAnnotation, where);
  const above = node.extends.flatMap(({ expression }) => (expression.type === 'Identifier' ? [expression.name] : []));
  const own: Value = { is: 'shape', members: node.body.body, where };
  const inherited = above.map((name) => named(evaluator, name, where)).filter(tells);
  return inherited.some(({ is }) => is === 'client') ? client : withMembers(own, inherited);
}

function named(evaluator: Evaluator, name: string, where: Where): Value {
  const local = lookUpType(name, where.scope);
  if (local) return declared(evaluator, local.node, { module: where.module, scope: local.scope });
  const found = lookUp(name, where.scope)?.binding;
  return found?.sort === 'import' ? typeOf(evaluator.imported(where.module, found.from, found.name)) : other;
}

/** Members of other files keep their own file: only those of this one are taken over. */
function withMembers(own: Extract<Value, { is: 'shape' }>, inherited: readonly Value[]): Value {
  const more = inherited.flatMap((value) =>
    value.is === 'shape' && value.where.module === own.where.module ? value.members : [],
  );
  return { ...own, members: [...own.members, ...more] };
}
