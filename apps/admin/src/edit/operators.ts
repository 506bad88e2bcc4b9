import { coreRows, type Operator } from '@taffrail/engine';
import { networkRows } from '@taffrail/engine/network';
import { versionRows } from '@taffrail/engine/versions';

/** A row of the engine's table as the editor needs it. */
export type OperatorRow = Pick<Operator, 'label' | 'values' | 'whole'> & Partial<Pick<Operator, 'prepare'>>;

/**
 * Every operator that the server's engine has. `matches` brings a regular expression engine of its own, far too heavy for a
 * page that only names it: the server judges its patterns.
 */
const rows: Readonly<Record<string, OperatorRow>> = {
  ...coreRows.operators,
  ...versionRows.operators,
  ...networkRows.operators,
  matches: { label: 'matches', values: 'pattern' },
};

export interface OperatorChoice {
  readonly op: string;
  readonly label: string;
}

/** Those that people may choose; digests are the machine's own. */
export const operatorChoices: readonly OperatorChoice[] = Object.entries(rows)
  .filter(([, { values }]) => values !== 'digest')
  .map(([op, { label }]) => ({ op, label }));

export function operatorOf(op: string): OperatorRow | undefined {
  return Object.hasOwn(rows, op) ? rows[op] : undefined;
}

/** An operator that this UI does not know is shown by its name, never hidden. */
export function operatorWords(op: string, negated = false): string {
  const label = operatorOf(op)?.label ?? op;
  return negated ? negatedLabel(label) : label;
}

/** `is one of` → `is not one of`, `starts with` → `does not start with`. */
export function negatedLabel(label: string): string {
  const [verb = '', ...rest] = label.split(' ');
  if (verb === 'is') return ['is not', ...rest].join(' ');
  const stem = verb.replace(/(?<=ch|sh|x|ss)es$|s$/, '');
  return ['does not', stem, ...rest].join(' ');
}
