import type { Evaluator } from '../evaluate/evaluator.ts';
import type { Value } from '../evaluate/value.ts';
import type { Ask } from './ask.ts';
import { calleeOf, fits, type Callee } from './callee.ts';
import { clientReads, componentReads, functionReads, openFeatureReads, type ReadSort } from './sorts.ts';

/** A call that a team told the audit of, with its callee as names. */
export interface CallPattern {
  readonly names: readonly string[];
  readonly sort: ReadSort;
}

/** What a team told the audit, and what the audit found out about its code. */
export interface Words {
  readonly calls: readonly CallPattern[];
  /** Names that clients go by. */
  readonly clients: ReadonlySet<string>;
}

/** How an ask reads a flag. `guessed`: only the name of what it is called on says so. */
export interface Recognised {
  readonly sort: ReadSort;
  readonly guessed: boolean;
}

/** How an ask reads a flag by itself, not by way of a function of the repository; undefined if it does not. */
export function recognise(ask: Ask, callee: Callee, words: Words): Recognised | undefined {
  const configured = words.calls.filter(({ names }) => callee.chains.some((chain) => fits(chain, names))).map(({ sort }) => sort);
  const own = callee.values.flatMap((value) => sortOf(value, ask) ?? []);
  const takes = ({ leastArguments }: ReadSort) => ask.arguments >= leastArguments;
  const sort = [...(configured.length > 0 ? configured : own)].find(takes);
  if (sort) return { sort, guessed: false };
  const guessed = byName(callee, words).find(takes);
  return guessed && { sort: guessed, guessed: openFeatureReads[callee.chains[0]?.at(-1) ?? ''] !== guessed };
}

export const readCallee = (ask: Ask, evaluator: Evaluator): Callee => calleeOf(ask.callee, ask.where, evaluator);

function sortOf(value: Value, { isElement }: Ask): ReadSort | undefined {
  if (value.is === 'method') return clientReads[value.name];
  if (value.is !== 'foreign') return undefined;
  const known = (isElement ? componentReads : functionReads)[value.from];
  return known?.[value.path.join('.')] ?? openFeatureReads[value.path.at(-1) ?? ''];
}

/** What nobody can see the origin of is judged by its name. */
function byName({ chains, onUnseen }: Callee, { clients }: Words): ReadSort[] {
  if (!onUnseen) return [];
  return chains.flatMap((chain) => {
    const method = chain.at(-1) ?? '';
    const known = chain.length > 1 ? openFeatureReads[method] : undefined;
    return known ?? (clients.has(chain.at(-2) ?? '') ? (clientReads[method] ?? []) : []);
  });
}
