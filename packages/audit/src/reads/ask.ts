import type { CallExpression, JSXOpeningElement, Node } from 'oxc-parser';
import type { Evaluator } from '../evaluate/evaluator.ts';
import { unseen, type Value, type Where } from '../evaluate/value.ts';
import { nameOfKey } from '../syntax/names.ts';
import type { Slot } from './sorts.ts';

/** What is passed in a slot: what it is, and where it stands. */
export interface Passed {
  readonly value: Value;
  readonly node: Node;
}

/** Something that may ask for a flag: a call, or an element of JSX, whose properties are the members of its argument 0. */
export interface Ask {
  readonly callee: Node;
  readonly node: Node;
  readonly where: Where;
  readonly arguments: number;
  readonly isElement: boolean;
  readonly passed: (slot: Slot, evaluator: Evaluator) => Passed | undefined;
}

export function askOfCall(node: CallExpression, where: Where): Ask {
  return {
    callee: node.callee,
    node,
    where,
    arguments: node.arguments.length,
    isElement: false,
    passed: ({ index, path }, evaluator) => {
      const before = node.arguments.slice(0, index + 1);
      const given = before[index];
      if (before.some(({ type }) => type === 'SpreadElement')) return { value: unseen(), node: before.at(-1) ?? node };
      return given ? inside(given, path, where, evaluator) : undefined;
    },
  };
}

export function askOfElement(node: JSXOpeningElement, where: Where): Ask {
  return {
    callee: node.name,
    node,
    where,
    arguments: 1,
    isElement: true,
    passed: ({ path: [name = '', ...path] }, evaluator) => {
      let last: Passed | undefined;
      for (const attribute of node.attributes) {
        if (attribute.type === 'JSXSpreadAttribute') {
          const spread = evaluator.member(evaluator.expression(attribute.argument, where), name);
          if (spread.is !== 'other') last = { value: spread, node: attribute };
        } else if (attribute.name.type === 'JSXIdentifier' && attribute.name.name === name) {
          last = attribute.value ? inside(bare(attribute.value), path, where, evaluator) : undefined;
        }
      }
      return last;
    },
  };
}

const bare = (value: Node): Node => (value.type === 'JSXExpressionContainer' ? value.expression : value);

/** A member of what is passed stands where its own value does, if that is in sight. */
function inside(node: Node, path: readonly string[], where: Where, evaluator: Evaluator): Passed {
  const [name, ...rest] = path;
  if (name === undefined) return { value: evaluator.expression(node, where), node };
  const own = node.type === 'ObjectExpression' ? node.properties : [];
  const property = own.find((one) => one.type === 'Property' && nameOfKey(one) === name);
  if (property?.type === 'Property') return inside(property.value, rest, where, evaluator);
  const value = path.reduce((whole, part) => evaluator.member(whole, part), evaluator.expression(node, where));
  return { value, node };
}
