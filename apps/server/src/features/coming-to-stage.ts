import type { FeatureStage, Stage } from '@taffrail/schema';
import { refuseMistakes } from '../changes/mistakes.ts';
import { differencesOf } from './differences.ts';
import type { View } from './gates/gate.ts';
import { isFull } from './line-of-stages.ts';
import { usualKind } from './staged-flag.ts';

/** A stage that somebody wants a feature at. */
export interface Wanted {
  readonly stage: Stage;
  readonly percent?: number | undefined;
  readonly kind?: string | undefined;
}

/** The stage's document once a feature has come there. Who publishes the stage that it is at does not begin it anew. */
export function comingTo(view: View, wanted: Wanted): FeatureStage {
  const { feature, standing, now } = view;
  const { stage } = wanted;
  const kind = wanted.kind ?? standing.kind ?? (stage === 'percent' ? usualKind : undefined);
  const percent = percentOf(view, wanted);
  const since = standing.stage === stage && standing.since !== undefined ? standing.since : now.toISOString();
  const fullSince = isFull({ stage, percent }) ? (wholeSince(view) ?? now.toISOString()) : undefined;
  return {
    key: feature.key,
    stage,
    since,
    ...(percent !== undefined && { percent }),
    ...(kind !== undefined && { kind }),
    ...(fullSince !== undefined && { fullSince }),
  };
}

/** Since when everybody has had the feature, as far as its flags are what the stage makes of them. */
export function wholeSince(view: Omit<View, 'now'>): string | undefined {
  return isFull(view.standing) && differencesOf(view).length === 0 ? view.standing.fullSince : undefined;
}

function percentOf({ standing }: View, { stage, percent }: Wanted): number | undefined {
  if (stage !== 'percent') {
    if (percent !== undefined)
      refuseMistakes([{ at: '/body/percent', message: `belongs to the stage percent, not to ${stage}` }]);
    return undefined;
  }
  const present = standing.stage === 'percent' ? standing.percent : undefined;
  return percent ?? present ?? refuseMistakes([{ at: '/body/percent', message: 'say how many percent, from 0 to 100' }]);
}
