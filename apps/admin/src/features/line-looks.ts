import type { Stage } from '@taffrail/schema';
import type { Standing } from '../api/queries.ts';
import { stepOf } from './stage-words.ts';

/**
 * How a stage looks on the line: `out` is where the feature was backed out from, `lost` what it had come through before that,
 * `closed` is ahead, behind a gate of its own that is closed.
 */
export type Look = 'behind' | 'here' | 'ahead' | 'closed' | 'lost' | 'out';

export function lookOf(stage: Stage, standing: Standing): Look {
  const { stage: here, from } = standing;
  const at = place(stage);
  const last = here === 'backed-out' ? place(from ?? 'dark') : place(here);
  if (at < last) return here === 'backed-out' ? 'lost' : 'behind';
  if (at === last) return here === 'backed-out' ? 'out' : 'here';
  return standing.gates.some((gate) => gate.stage === stage && !gate.open) ? 'closed' : 'ahead';
}

/** Anywhere but where it is; of a share, to another share. What was backed out comes back to no later stage than it had. */
export function canGoTo(stage: Stage, { stage: here, from }: Pick<Standing, 'stage' | 'from'>): boolean {
  if (here === 'backed-out') return place(stage) <= place(from ?? 'dark');
  return stage !== here || stage === 'percent';
}

const place = (stage: Standing['stage']): number => stepOf(stage) ?? 0;
