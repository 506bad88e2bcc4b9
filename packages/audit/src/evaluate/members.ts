import type { Class, Node, TSType } from 'oxc-parser';
import { sdkMethods } from './sdk.ts';
import { nameOfKey } from '../syntax/names.ts';
import { lookUpNamespace } from '../syntax/scope.ts';
import { whereOf, type Evaluator } from './evaluator.ts';
import { textOf } from './text-of.ts';
import { either, other, unseen, type Value, type Where } from './value.ts';

type Of<I extends Value['is']> = Extract<Value, { is: I }>;

/** A member of a value, by what the value is. */
const rows: { readonly [I in Value['is']]: (value: Of<I>, name: string, evaluator: Evaluator) => Value } = {
  constant: () => other,
  object: ({ node, where }, name, evaluator) => ofObject(node, where, name, evaluator),
  enum: ({ node, where }, name, { expression }) => {
    const member = node.body.members.find(({ id }) => nameOfKey({ key: id, computed: false }) === name);
    return member?.initializer ? expression(member.initializer, where) : other;
  },
  function: ({ node, where }, name, { name: named }) => {
    const inside = node.id ? lookUpNamespace(node.id.name, where.scope) : undefined;
    return inside ? named(name, { ...where, scope: inside }) : other;
  },
  namespace: ({ where }, name, { name: named }) => named(name, where),
  class: ({ node, where }, name, evaluator) => ofClass(node, where, name, evaluator, true),
  instance: ({ node, where }, name, evaluator) => ofClass(node, where, name, evaluator, false),
  shape: ({ members, where }, name, evaluator) => {
    const member = members.find((one) => 'key' in one && nameOfKey(one) === name);
    if (!member) return other;
    return member.type === 'TSPropertySignature'
      ? annotated(member.typeAnnotation?.typeAnnotation, where, name, evaluator)
      : unseen([name]);
  },
  module: ({ module }, name, { exported }) => exported(module, name),
  foreign: (value, name) => ({ ...value, path: [...value.path, name] }),
  client: (_, name) => (name === 'forContext' || sdkMethods.has(name) ? { is: 'method', name } : other),
  method: () => other,
  parameter: (value, name) => ({ ...value, path: [...value.path, name] }),
  either: ({ values }, name, { member }) => either(values.map((value) => member(value, name))),
  unseen: ({ chain }, name) => unseen([...chain.slice(-longestChain), name]),
  other: () => other,
};

const longestChain = 8;

/** A part of a value. */
export function memberOf(evaluator: Evaluator, value: Value, name: string): Value {
  return rows[value.is](value as never, name, evaluator);
}

/** The last member of a name counts, and a spread overwrites what stands before it. */
function ofObject(node: Of<'object'>['node'], where: Where, name: string, { expression, member }: Evaluator): Value {
  let last: Value = other;
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const spread = member(expression(property.argument, where), name);
      if (spread.is !== 'other') last = spread;
    } else {
      const key = nameOfKey(property) ?? textOf(expression(property.key, where));
      if (key === name) last = expression(property.value, where);
      else if (key === undefined) last = unseen();
    }
  }
  return last;
}

function ofClass(node: Class, where: Where, name: string, evaluator: Evaluator, isStatic: boolean): Value {
  const own = node.body.body.find((element) => 'key' in element && element.static === isStatic && nameOfKey(element) === name);
  const member = own ? ofElement(own, where, name, evaluator, node) : undefined;
  if (member && member.is !== 'unseen') return member;
  const found = [parameterProperty(node, name, where, evaluator), ...assignedTo(node, name, where, evaluator)];
  const known = found.filter((value) => value !== undefined && value.is !== 'unseen') as Value[];
  if (known.length > 0) return either(known);
  if (member || !node.superClass) return member ?? unseen([name]);
  const [above] = [evaluator.expression(node.superClass, where)];
  return above.is === 'class' ? evaluator.member(isStatic ? above : { ...above, is: 'instance' }, name) : unseen([name]);
}

function ofElement(element: Node, where: Where, name: string, evaluator: Evaluator, self: Class): Value {
  const inside: Where = {
    module: where.module,
    scope: { ...where.scope, names: new Map(), types: new Map(), namespaces: new Map(), parent: where.scope, self },
  };
  if (element.type === 'MethodDefinition') {
    const method: Value = { is: 'function', node: element.value, where: inside };
    return element.kind === 'get' ? evaluator.result(method) : method;
  }
  if (element.type !== 'PropertyDefinition') return unseen([name]);
  const value = element.value ? evaluator.expression(element.value, inside) : unseen([name]);
  return value.is === 'unseen' ? annotated(element.typeAnnotation?.typeAnnotation, where, name, evaluator) : value;
}

function annotated(type: TSType | undefined, where: Where, name: string, { typed }: Evaluator): Value {
  const value = type ? typed(type, where) : other;
  return value.is === 'other' ? unseen([name]) : value;
}

/** `constructor(private readonly flags: Client) {}` */
function parameterProperty(node: Class, name: string, where: Where, evaluator: Evaluator): Value | undefined {
  const made = node.body.body.find((element) => element.type === 'MethodDefinition' && element.kind === 'constructor');
  const parameters = made?.type === 'MethodDefinition' ? made.value.params : [];
  for (const parameter of parameters) {
    if (parameter.type !== 'TSParameterProperty') continue;
    const pattern = parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter;
    if (pattern.type === 'Identifier' && pattern.name === name) {
      return annotated(pattern.typeAnnotation?.typeAnnotation, where, name, evaluator);
    }
  }
  return undefined;
}

function assignedTo(node: Class, name: string, { module }: Where, { expression }: Evaluator): Value[] {
  const placed = module.assigned.get(node)?.get(name) ?? [];
  return placed.map((one) => expression(one.node, whereOf(one, module)));
}
