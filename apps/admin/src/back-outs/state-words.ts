import type { BackOutRow } from '../api/release-queries.ts';
import { listed } from '../words/numbers.ts';

/** `open`, `fixed in 8.5.0, still in force in 8.4.0` or `over, fixed in 8.5.0`. */
export function stateWords({ backOut: { resolved }, ...row }: BackOutRow): string {
  if (!resolved) return 'open';
  const fixed = `fixed in ${resolved.fixedIn.join(', ')}`;
  return row.inForce ? `${fixed}, ${forceWords(row)}` : `over, ${fixed}`;
}

/** Where it holds: a release that is not supported gets no other shipment, and is not waited for. */
export function forceWords({ releases }: Pick<BackOutRow, 'releases'>): string {
  const held = releases.filter(({ supported }) => supported).map(({ release }) => release);
  return `still in force in ${held.length > 4 ? `${held.length} supported releases` : listed(held)}`;
}
