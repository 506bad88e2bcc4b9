import type { Node } from 'oxc-parser';

/** Which fields of a node hold its children, by the node's type. */
export type ChildFields = Readonly<Record<string, readonly string[]>>;

interface Visit {
  readonly enter: (node: Node, parent: Node | undefined) => void;
  readonly leave: (node: Node) => void;
}

interface Step {
  readonly node: Node;
  readonly parent: Node | undefined;
  readonly leaving: boolean;
}

/** Visits a tree in the order of its text. Keeps its own stack: a tree may be deeper than ours. */
export function walk(root: Node, childFields: ChildFields, { enter, leave }: Visit): void {
  const steps: Step[] = [{ node: root, parent: undefined, leaving: false }];
  for (let step = steps.pop(); step; step = steps.pop()) {
    const { node, parent, leaving } = step;
    if (leaving) leave(node);
    else {
      enter(node, parent);
      steps.push({ node, parent, leaving: true });
      pushChildren(steps, node, childFields);
    }
  }
}

/** Last first, so that the first is taken first. */
function pushChildren(steps: Step[], parent: Node, childFields: ChildFields): void {
  const fields = childFields[parent.type] ?? [];
  for (let place = fields.length - 1; place >= 0; place -= 1) {
    const child: unknown = (parent as unknown as Record<string, unknown>)[fields[place] ?? ''];
    if (!Array.isArray(child)) push(steps, child, parent);
    else for (let index = child.length - 1; index >= 0; index -= 1) push(steps, child[index], parent);
  }
}

function push(steps: Step[], child: unknown, parent: Node): void {
  if (typeof child === 'object' && child !== null && 'type' in child) steps.push({ node: child as Node, parent, leaving: false });
}
