import type { Stage } from '@taffrail/schema';
import type { Standing } from '../api/queries.ts';
import { stepOf } from './stage-words.ts';

/**
 * How a stage looks on the line: `out` is where the feature was backed out from, `lost` what it had come through before that,
 * `past` what is before its removal, whether it came through there or not; `closed` is the first that is behind closed
 * gates, `barred` all after it.
 */
export type Look = 'behind' | 'past' | 'here' | 'ahead' | 'closed' | 'barred' | 'lost' | 'out';

export function lookOf(stage: Stage, standing: Standing): Look {
  const { stage: here, from } = standing;
  const at = place(stage);
  const last = here === 'backed-out' ? place(from ?? 'dark') : place(here);
  if (at < last) return looksBefore[here] ?? 'behind';
  if (at === last) return here === 'backed-out' ? 'out' : 'here';
  const shut = closedUntil(stage, standing);
  if (shut.length === 0) return 'ahead';
  return shut.every((gate) => gate.stage === stage) ? 'closed' : 'barred';
}

const looksBefore: Partial<Record<Standing['stage'], Look>> = { 'backed-out': 'lost', removed: 'past' };

/** The closed gates on the way to a stage: who skips a stage passes its gates all the same. */
export function closedUntil(stage: Stage, { gates }: Pick<Standing, 'gates'>): Standing['gates'] {
  return gates.filter((gate) => !gate.open && place(gate.stage) <= place(stage));
}

/** Anywhere but where it is; of a share, to another share. What was backed out comes back to no later stage than it had. */
export function canGoTo(stage: Stage, { stage: here, from }: Pick<Standing, 'stage' | 'from'>): boolean {
  if (here === 'backed-out') return place(stage) <= place(from ?? 'dark');
  return stage !== here || stage === 'percent';
}

const place = (stage: Standing['stage']): number => stepOf(stage) ?? 0;
