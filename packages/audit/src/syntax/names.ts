import type { Node } from 'oxc-parser';

interface Keyed {
  readonly key: Node;
  readonly computed: boolean;
}

/** The name of a member as it is written: `a`, `'a'`, `['a']`, `#a`. */
export function nameOfKey({ key, computed }: Keyed): string | undefined {
  if (key.type === 'Literal') return String(key.value);
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return key.type === 'Identifier' && !computed ? key.name : undefined;
}

/** More than any callee that somebody would configure. */
const longestChain = 12;

/** The names along `a.b.c`, the last ones if it is long. What is called, asserted or awaited on the way counts for its name. */
export function chainOf(node: Node): string[] {
  const names: string[] = [];
  let at: Node | undefined = node;
  for (let steps = 0; at && steps < longestChain; steps += 1) {
    const link = linkOf(at);
    if (link.name !== undefined) names.unshift(link.name);
    at = link.before;
  }
  return names;
}

interface Link {
  readonly name?: string;
  readonly before?: Node;
}

function linkOf(node: Node): Link {
  switch (node.type) {
    case 'Identifier':
    case 'JSXIdentifier':
      return { name: node.name };
    case 'ThisExpression':
      return { name: 'this' };
    case 'MemberExpression':
      return { name: nameOfKey({ key: node.property, computed: node.computed }) ?? '', before: node.object };
    case 'JSXMemberExpression':
      return { name: node.property.name, before: node.object };
    case 'CallExpression':
      return { before: node.callee };
    case 'AwaitExpression':
      return { before: node.argument };
    default:
      return isTransparent(node) ? { before: node.expression } : {};
  }
}

type Transparent = Extract<Node, { type: (typeof transparent)[number] }>;
const transparent = [
  'ChainExpression',
  'ParenthesizedExpression',
  'TSAsExpression',
  'TSInstantiationExpression',
  'TSNonNullExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
] as const;

/** Says the same as the expression inside. */
export function isTransparent(node: Node): node is Transparent {
  return (transparent as readonly string[]).includes(node.type);
}
