import { clientMakers } from './sdk.ts';
import { whereOf, type Evaluator } from './evaluator.ts';
import { alternatives, client, either, other, unseen, type Value } from './value.ts';

/** What calling a value gives. */
export function resultOf(evaluator: Evaluator, callee: Value): Value {
  return either(alternatives(callee).map((one) => resultOfOne(evaluator, one)));
}

function resultOfOne(evaluator: Evaluator, callee: Value): Value {
  if (callee.is === 'foreign') return makesClients(callee.from, callee.path) ? client : unseen();
  if (callee.is === 'method') return callee.name === 'forContext' ? client : other;
  return callee.is === 'function' ? evaluator.once(callee.node, () => returnedBy(evaluator, callee)) : unseen();
}

/** What depends on what callers pass is not known here. */
function returnedBy({ expression }: Evaluator, { node, where: { module } }: Extract<Value, { is: 'function' }>): Value {
  const returned = module.returned.get(node) ?? [];
  const values = returned.map((placed) => expression(placed.node, whereOf(placed, module)));
  return values.length === 0 || values.some(({ is }) => is === 'parameter') ? unseen() : either(values);
}

function makesClients(from: string, path: readonly string[]): boolean {
  return clientMakers[from]?.includes(path.join('.')) ?? false;
}
