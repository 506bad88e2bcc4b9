import { stages, type FeatureState, type Stage } from '@taffrail/schema';

/** The place of a stage in the line, from 0; -1 for `backed-out`, from where every gate is ahead again. */
export function placeOf(state: FeatureState): number {
  return (stages as readonly FeatureState[]).indexOf(state);
}

/** The stage after one; none after the last, and none when backed out. */
export function stageAfter(state: FeatureState): Stage | undefined {
  return state === 'backed-out' ? undefined : stages[placeOf(state) + 1];
}

/** Whether everybody has the feature at this stage, a rollout of 100 % included. */
export function isFull({ stage, percent }: { readonly stage: FeatureState; readonly percent?: number | undefined }): boolean {
  return stage === 'percent' ? percent === 100 : placeOf(stage) >= placeOf('ga');
}
