import type { EnvironmentFlag, FeatureStage } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import { activeFeatureOf, standingIn, type Standing } from './find.ts';
import { moved } from './moving.ts';

type Input = InputOf<'POST /orgs/:org/projects/:project/environments/:environment/features/:feature/back-out'>;

/** All flags of a feature off and locked, as one revision, those that wait for others first. Their rules stay, to be looked at. */
export const backOutFeature = command({
  name: 'feature.back-out',
  version: 1,
  permission: 'flag.kill',
  apply(state: State, { environment, feature: key }: Input, { now }: Occasion): Outcome {
    const feature = activeFeatureOf(state, key);
    const standing = standingIn(state, environment, key);
    if (standing.stage === 'backed-out') return { write: [], changes: [] };
    const locked = feature.flags.filter((flag) => state.get('environment-flag', flag, environment)?.body.locked === true);
    const after = backedOut(standing, locked, now);
    return { ...moved({ state, environment, feature, standing }, after, turnedOff), isStop: true };
  },
});

function turnedOff(flag: EnvironmentFlag): EnvironmentFlag {
  return { ...flag, on: false, locked: true };
}

function backedOut({ key, stage: from, percent, kind }: Standing, killed: string[], now: Date): FeatureStage {
  if (from === 'removed' || from === 'backed-out') {
    return fail('INVALID', `The flags of ${key} are archived, so there is nothing to turn off.`);
  }
  return {
    key,
    stage: 'backed-out',
    since: now.toISOString(),
    from,
    ...(percent !== undefined && { percent }),
    ...(kind !== undefined && { kind }),
    ...(killed.length > 0 && { killed }),
  };
}
