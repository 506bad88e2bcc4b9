import type { EnvironmentFlag, FeatureStage } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import { refuseMistakes } from '../changes/mistakes.ts';
import { stageInWords } from './changes.ts';
import { comingTo } from './coming-to-stage.ts';
import { activeFeatureOf, standingIn, type Standing } from './find.ts';
import { refuseClosed } from './gates.ts';
import type { View } from './gates/gate.ts';
import { placeOf } from './line-of-stages.ts';
import { moved } from './moving.ts';
import { stagedFlag } from './staged-flag.ts';

type Input = InputOf<'POST /orgs/:org/projects/:project/environments/:environment/features/:feature/bring-back'>;

/** Brings a feature that was backed out back to a stage, no later than the one that it had, through the gates that lead there. */
export const bringBackFeature = command({
  name: 'feature.bring-back',
  version: 1,
  permission: 'flag.unlock',
  action: 'stage',
  apply(state: State, input: Input, { now }: Occasion): Outcome {
    const { environment } = input;
    const feature = activeFeatureOf(state, input.feature);
    const standing = standingIn(state, environment, feature.key);
    if (standing.stage !== 'backed-out') {
      fail('INVALID', `${feature.key} is not backed out in ${environment}: it is ${stageInWords(standing)}. Advance it instead.`);
    }
    const view: View = { state, environment, feature, standing, now };
    const after = comingTo(view, input);
    refuseLater(standing, after);
    refuseClosed(view, input.stage);
    const unlocked = (flag: EnvironmentFlag) => ({ ...flag, locked: standing.killed?.includes(flag.key) ?? false });
    return moved(view, after, (flag) => stagedFlag(feature, after, unlocked(flag)));
  },
});

/** What was wrong may have been wrong at the stage that it had, so there is no way past it but from there on. */
function refuseLater({ from = 'dark', percent = 0, kind }: Standing, after: FeatureStage): void {
  const isLater = placeOf(after.stage) > placeOf(from);
  const isMore = after.stage === 'percent' && from === 'percent' && (after.percent ?? 0) > percent;
  if (!isLater && !isMore) return;
  const message = `it was backed out at ${stageInWords({ stage: from, percent, ...(kind !== undefined && { kind }) })}: bring it back there or before`;
  refuseMistakes([{ at: isLater ? '/body/stage' : '/body/percent', message }]);
}
