import type { Mistake } from '@taffrail/schema';
import { fail } from './app-error.ts';

/** Refuses an input for its mistakes, all named at once; the sentence says the first and counts the others. Goes on if there is none. */
export function refuseMistakes(mistakes: readonly [Mistake, ...Mistake[]]): never;
export function refuseMistakes(mistakes: readonly Mistake[]): void;
export function refuseMistakes(mistakes: readonly Mistake[]): void {
  const [first, ...others] = mistakes;
  if (first === undefined) return;
  const more = others.length > 0 ? ` (and ${others.length} more mistake${others.length === 1 ? '' : 's'})` : '';
  // A message may bring its own end, as one that asks what was meant does.
  const end = /[.?]$/.test(first.message) ? '' : '.';
  fail('INVALID', `${first.at} ${first.message}${more}${end}`, { mistakes });
}
