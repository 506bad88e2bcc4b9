import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import { comingTo } from './coming-to-stage.ts';
import { activeFeatureOf, standingIn } from './find.ts';
import { refuseClosed } from './gates.ts';
import type { View } from './gates/gate.ts';
import { moved } from './moving.ts';
import { refuseWithin, removed } from './removing.ts';
import { stagedFlag } from './staged-flag.ts';

type Input = InputOf<'POST /orgs/:org/projects/:project/environments/:environment/features/:feature/stage'>;

/**
 * Moves a feature to a stage of the line, on or back, or publishes the stage that it is at once more: its flags become what the stage
 * makes of them. On the way on, the gates of all stages up to there must be open.
 */
export const advanceFeature = command({
  name: 'feature.advance',
  version: 1,
  permission: 'flag.edit',
  action: 'stage',
  apply(state: State, input: Input, { now, may, sites }: Occasion): Outcome {
    const { environment, stage } = input;
    const feature = activeFeatureOf(state, input.feature);
    const standing = standingIn(state, environment, feature.key);
    const view: View = { state, environment, feature, standing, now, accepts: input.accept, sites };
    refuseWhereItStands(view);
    if (stage === 'removed') refuseWithin(view, may);
    refuseClosed(view, stage);
    if (stage === 'removed') return removed(view);
    const after = comingTo(view, input);
    return moved(view, after, (flag) => stagedFlag(feature, after, flag));
  },
});

function refuseWhereItStands({ environment, feature: { key }, standing: { stage } }: View): void {
  if (stage === 'backed-out') {
    fail('FEATURE_BACKED_OUT', `${key} is backed out in ${environment}. Bring it back, saying why; then move it on.`);
  }
  if (stage === 'removed') {
    fail('INVALID', `The flags of ${key} are archived, so it stays removed. Undo the revision that removed it to have it back.`);
  }
}
