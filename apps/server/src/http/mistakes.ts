import type { Mistake } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';

/** Refuses a request for its mistakes; the sentence names the first and counts the others. */
export function refuseMistakes(mistakes: readonly Mistake[]): never {
  const [first, ...others] = mistakes;
  const rest = others.length > 0 ? `, and ${others.length} more mistake${others.length === 1 ? '' : 's'}` : '';
  return fail('INVALID', `${first?.at} ${first?.message}${rest}.`, { mistakes });
}
