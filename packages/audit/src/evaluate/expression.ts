import type { Expression, Node } from 'oxc-parser';
import { chainOf, isTransparent, nameOfKey } from '../syntax/names.ts';
import type { Evaluator } from './evaluator.ts';
import { textOf } from './text-of.ts';
import { alternatives, constant, either, other, unseen, type Value, type Where } from './value.ts';

type Evaluate = (node: never, where: Where, evaluator: Evaluator) => Value;
type Typed<T extends Node['type']> = Extract<Node, { type: T }>;

/** A row an expression, by its type. What has no row is nothing that a flag's key or a client could be. */
const rows: { readonly [T in Node['type']]?: (node: Typed<T>, where: Where, evaluator: Evaluator) => Value } = {
  Literal: (node) => literal(node),
  TemplateLiteral: ({ quasis, expressions }, where, { expression }) =>
    join(
      quasis.flatMap(({ value }, index) => {
        const hole = expressions[index];
        return [constant(value.cooked ?? value.raw), ...(hole ? [expression(hole, where)] : [])];
      }),
    ),
  BinaryExpression: ({ operator, left, right }, where, { expression }) =>
    operator === '+' ? join([expression(left, where), expression(right, where)]) : other,
  UnaryExpression: ({ operator, argument }, where, { expression }) => unary(operator, expression(argument, where)),
  Identifier: ({ name }, where, evaluator) => evaluator.name(name, where),
  JSXIdentifier: ({ name }, where, evaluator) => evaluator.name(name, where),
  ThisExpression: (_, where) => (where.scope.self ? { is: 'instance', node: where.scope.self, where } : unseen(['this'])),
  MemberExpression: (node, where, evaluator) => {
    const name = memberName(node, where, evaluator);
    return name === undefined ? unseen() : evaluator.member(evaluator.expression(node.object, where), name);
  },
  JSXMemberExpression: ({ object, property }, where, { member, expression }) => member(expression(object, where), property.name),
  CallExpression: (node, where, evaluator) => called(node, where, evaluator),
  NewExpression: ({ callee }, where, { expression }) => {
    const [made] = alternatives(expression(callee, where));
    return made?.is === 'class' ? { ...made, is: 'instance' } : other;
  },
  ObjectExpression: (node, where) => ({ is: 'object', node, where }),
  ArrayExpression: ({ elements }, where, { expression }) =>
    list(elements.map((element) => (element ? expression(element, where) : other))),
  ArrowFunctionExpression: (node, where) => ({ is: 'function', node, where }),
  FunctionExpression: (node, where) => ({ is: 'function', node, where }),
  FunctionDeclaration: (node, where) => ({ is: 'function', node, where }),
  ClassExpression: (node, where) => ({ is: 'class', node, where }),
  ClassDeclaration: (node, where) => ({ is: 'class', node, where }),
  AwaitExpression: ({ argument }, where, { expression }) => expression(argument, where),
  ConditionalExpression: ({ consequent, alternate }, where, { expression }) =>
    either([expression(consequent, where), expression(alternate, where)]),
  LogicalExpression: ({ left, right }, where, { expression }) => either([expression(left, where), expression(right, where)]),
  AssignmentExpression: ({ right }, where, { expression }) => expression(right, where),
  SequenceExpression: ({ expressions }, where, { expression }) => {
    const last = expressions.at(-1);
    return last ? expression(last, where) : other;
  },
  ImportExpression: ({ source }, where, { expression, imported }) => {
    const from = textOf(expression(source, where));
    return from === undefined ? unseen() : imported(where.module, from, '*');
  },
};

/** What an expression is, as far as the text tells. */
export function evaluateExpression(evaluator: Evaluator, node: Expression | Node, where: Where): Value {
  if (isTransparent(node)) {
    const value = evaluator.expression(node.expression, where);
    // What somebody asserts to be a client is one, wherever it comes from.
    if (!('typeAnnotation' in node) || value.is !== 'unseen') return value;
    const asserted = evaluator.typed(node.typeAnnotation, where);
    return asserted.is === 'other' ? value : asserted;
  }
  const evaluate: Evaluate | undefined = rows[node.type];
  return evaluate ? evaluate(node as never, where, evaluator) : other;
}

function literal(node: Typed<'Literal'>): Value {
  if ('regex' in node || 'bigint' in node) return other;
  return constant(node.value);
}

/** Texts put together: known if every one is, with all their combinations if some have alternatives. */
function join(parts: readonly Value[]): Value {
  let texts = [''];
  for (const part of parts) {
    const next = alternatives(part).map((value) =>
      value.is === 'constant' && typeof value.data !== 'object' ? value.data : undefined,
    );
    if (next.includes(undefined) || texts.length * next.length > mostCombinations) return unseen();
    texts = texts.flatMap((text) => next.map((more) => text + String(more)));
    if ((texts[0]?.length ?? 0) > longestText) return unseen();
  }
  return either(texts.map(constant));
}

const mostCombinations = 64;
const longestText = 10_000;

function unary(operator: string, value: Value): Value {
  if (value.is !== 'constant') return operator === 'void' ? other : unseen();
  if (operator === '-' && typeof value.data === 'number') return constant(-value.data);
  return operator === '!' ? constant(!value.data) : other;
}

function list(elements: readonly Value[]): Value {
  const data = elements.map((element) => (element.is === 'constant' ? element.data : undefined));
  return data.some((one) => one === undefined) ? other : constant(data.filter((one) => one !== undefined));
}

function memberName({ property, computed }: Typed<'MemberExpression'>, where: Where, evaluator: Evaluator): string | undefined {
  const written = nameOfKey({ key: property, computed });
  return written ?? textOf(evaluator.expression(property, where));
}

/** Calls that hand on what they are given. */
const handsOn = new Set(['Object.freeze', 'Object.seal']);

function called({ callee, arguments: given }: Typed<'CallExpression'>, where: Where, evaluator: Evaluator): Value {
  const [first] = given;
  const name = chainOf(callee).join('.');
  if (first && handsOn.has(name)) return evaluator.expression(first, where);
  if (first && name === 'require') {
    const from = textOf(evaluator.expression(first, where));
    return from === undefined ? unseen() : evaluator.imported(where.module, from, 'require');
  }
  if (callee.type === 'MemberExpression' && name.endsWith('.bind')) return evaluator.expression(callee.object, where);
  const result = evaluator.result(evaluator.expression(callee, where));
  return result.is === 'unseen' ? unseen() : result;
}
