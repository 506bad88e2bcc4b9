import { isDeepStrictEqual } from 'node:util';
import type { EnvironmentFlag, FeatureStage } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import type { Outcome } from '../changes/command.ts';
import { refuseLocked, type FoundFlag } from '../flags/find.ts';
import { checkedOutcome, type PlacedEdit } from '../flags/publishing.ts';
import { stageChange } from './changes.ts';
import { differencesOf } from './differences.ts';
import type { View } from './gates/gate.ts';
import { placeOf } from './line-of-stages.ts';
import { inPrerequisiteOrder } from './order.ts';

/** A feature where it stands, about to move. */
export type Mover = Omit<View, 'now'>;

/**
 * What comes of a move: the stage and its flags, as one revision. Flags come after what they wait for on the way on, and before it
 * on the way back.
 */
export function moved(mover: Mover, after: FeatureStage, remade: (flag: EnvironmentFlag) => EnvironmentFlag): Outcome {
  const isBack = placeOf(after.stage) < placeOf(mover.standing.stage);
  const edits = flagsOf(mover).reduce<PlacedEdit[]>((others, found) => {
    const edit = editOf(mover, found, remade(found.flag.body));
    return isBack ? [edit, ...others] : [...others, edit];
  }, []);
  const flags = checkedOutcome(mover.state, edits, [...drawnAnew(mover, after), ...overwritten(mover, after)]);
  const stage = stageOutcome(mover, after);
  return { ...flags, write: [...stage.write, ...flags.write], changes: [...stage.changes, ...flags.changes] };
}

/** The feature's flags, each after its prerequisites. */
function flagsOf({ state, environment, feature }: Mover): FoundFlag[] {
  return inPrerequisiteOrder(state, environment, feature).flatMap((key) => {
    const definition = state.get('flag', key);
    const flag = state.get('environment-flag', key, environment);
    return definition === undefined || flag === undefined ? [] : [{ definition, flag }];
  });
}

function editOf({ environment, feature }: Mover, found: FoundFlag, after: EnvironmentFlag): PlacedEdit {
  const { definition, flag } = found;
  if (definition.body.archivedAt !== undefined) {
    fail('FLAG_ARCHIVED', `${flag.key} is archived. Restore it, or take it out of ${feature.key} first.`);
  }
  if (after.on && after.locked) return refuseLocked(found);
  return { environment, before: flag.body, after, at: '/body/stage' };
}

function stageOutcome({ state, environment, feature: { key } }: Mover, after: FeatureStage): Outcome {
  const before = state.get('feature-stage', key, environment)?.body;
  const isSame = isDeepStrictEqual(before, after) || (before === undefined && after.stage === 'dark');
  if (isSame) return { write: [], changes: [] };
  return {
    write: [{ sort: 'feature-stage', key, environment, body: after }],
    changes: [stageChange({ key, environment }, before, after)],
  };
}

/** Edits by hand that the move writes over; a back-out leaves the rules as they are. */
function overwritten(mover: Mover, { stage }: FeatureStage): string[] {
  if (stage === 'backed-out') return [];
  return differencesOf(mover).map(
    ({ flag, sentence }) => `${flag} was edited by hand in ${mover.environment}, which this overwrites: ${sentence}.`,
  );
}

function drawnAnew({ standing }: Mover, { kind, stage }: FeatureStage): string[] {
  const isOther = standing.stage === 'percent' && stage === 'percent' && standing.kind !== kind;
  return isOther ? [`Counted by ${kind} from now on: who is in is drawn anew.`] : [];
}
