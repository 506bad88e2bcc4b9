import type { Node } from 'oxc-parser';
import type { Evaluator } from '../evaluate/evaluator.ts';
import { alternatives, type Value, type Where } from '../evaluate/value.ts';
import { chainOf } from '../syntax/names.ts';

/** A callee as it can be known: what it is, and the names it goes by. */
export interface Callee {
  readonly values: readonly Value[];
  /** As written, and as it came to this place: an alias goes by both. */
  readonly chains: readonly (readonly string[])[];
  /** Nothing in sight says what it is called on: a client may stand there. */
  readonly onUnseen: boolean;
}

export function calleeOf(node: Node, where: Where, evaluator: Evaluator): Callee {
  const values = alternatives(evaluator.expression(node, where));
  const chains = [chainOf(node), ...values.flatMap((value) => chainsOf(value, node))];
  return { values, chains: chains.filter(({ length }) => length > 0), onUnseen: values.every(isUnseen) };
}

const isUnseen = ({ is }: Value) => is === 'unseen' || is === 'parameter';

function chainsOf(value: Value, node: Node): (readonly string[])[] {
  if (value.is === 'unseen') return [value.chain];
  if (value.is === 'parameter' || value.is === 'foreign') return [value.path];
  // By its own name a function is called only as it is, not as a part of something.
  return value.is === 'function' && value.node.id && node.type === 'Identifier' ? [[value.node.id.name]] : [];
}

/** Whether names end as a pattern says: `flags.isEnabled`, `*.isEnabled`. A pattern of one name wants that name alone. */
export function fits(chain: readonly string[], pattern: readonly string[]): boolean {
  if (pattern.length === 1 ? chain.length !== 1 : chain.length < pattern.length) return false;
  const end = chain.slice(chain.length - pattern.length);
  return pattern.every((name, index) => name === '*' || name === end[index]);
}
