import type { FlagRow } from '../api/queries.ts';

export type CellTone = 'off' | 'go' | 'part' | 'killed';
export type CellState = FlagRow['environments'][string];

/** How a flag in an environment looks at a glance. */
export function cellTone({ on, locked, share }: Pick<CellState, 'on' | 'locked' | 'share'>): CellTone {
  if (locked) return 'killed';
  if (!on) return 'off';
  return share === 1 ? 'go' : 'part';
}
