import type { FeatureState, Stage } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { enteringGates } from './gates/entering.ts';
import type { GateRow, Verdict, View } from './gates/gate.ts';
import { leavingGates } from './gates/leaving.ts';
import { placeOf } from './line-of-stages.ts';

/** Every gate, in the order of the stages that they guard. */
const rows: readonly GateRow[] = [...enteringGates, ...leavingGates];

/** A gate with what it says. */
export type Gate = Omit<GateRow, 'check'> & Verdict;

/** The gates after where a feature stands, up to those of a stage. */
export function gatesUntil(view: View, last: FeatureState): Gate[] {
  const [from, to] = [placeOf(view.standing.stage), placeOf(last)];
  return rows
    .filter(({ stage }) => placeOf(stage) > from && placeOf(stage) <= to)
    .map(({ check, ...gate }) => ({ ...gate, ...check(view) }));
}

/** Refuses a move through closed gates, those of stages that it skips too, and names all that is to be done. */
export function refuseClosed(view: View, target: Stage): void {
  const shut = gatesUntil(view, target).filter(({ open }) => !open);
  if (shut.length === 0) return;
  const mistakes = shut.map(({ stage, name, sentence }) => ({ at: '/body/stage', message: `${stage}, ${name}: ${sentence}` }));
  const why = shut.map(({ sentence }) => sentence).join(' ');
  fail('GATE_CLOSED', `${view.feature.key} may not come to ${target} in ${view.environment} yet. ${why}`, { mistakes });
}
