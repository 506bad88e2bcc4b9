import { type FeatureState, type Stage, stages } from '@taffrail/schema';
import { percentWords } from '../words/numbers.ts';

const names: Record<FeatureState, string> = {
  dark: 'Dark',
  internal: 'Internal',
  'early-access': 'Early access',
  percent: 'Percent',
  ga: 'GA',
  cleanup: 'Cleanup',
  removed: 'Removed',
  'backed-out': 'Backed out',
};

export const stageName = (state: FeatureState): string => names[state];

/** Where a feature stands, short: `Early access`, `10 %`, `Backed out`. */
export function standingWords({ stage, percent }: { readonly stage: FeatureState; readonly percent?: number }): string {
  return stage === 'percent' && percent !== undefined ? percentWords(percent) : stageName(stage);
}

/** How far along the line, from 0; undefined when it was backed out of it. */
export function stepOf(state: FeatureState): number | undefined {
  const step = stages.indexOf(state as Stage);
  return step < 0 ? undefined : step;
}

/** What a stage does to the feature's flags, in one line. */
export const stageAbout: Record<Stage, string> = {
  dark: 'Nobody has it: its flags are off.',
  internal: 'The people of the internal segment have it.',
  'early-access': 'Those who asked to try it have it too.',
  percent: 'A share of everybody else has it too.',
  ga: 'Everybody has it.',
  cleanup: 'Everybody has it, and the code stops asking.',
  removed: 'Its flags are archived in all environments.',
};

/** How a move is called: on, back, or to another share. */
export function moveVerb(here: FeatureState, target: Stage): string {
  if (here === 'backed-out') return 'Bring back to';
  if (here === target) return 'Change to';
  return (stepOf(target) ?? 0) < (stepOf(here) ?? 0) ? 'Move back to' : 'Move to';
}

export const targetWords = (target: Stage, percent: number): string =>
  target === 'percent' ? percentWords(percent) : stageName(target);
