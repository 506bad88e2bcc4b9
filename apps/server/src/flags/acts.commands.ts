import { command, type InputOf, type Outcome, type State } from '../changes/command.ts';
import { outcomeOfEdits } from './changes.ts';
import { activeFlagIn, flagIn, refuseTurningOn } from './find.ts';

const path = '/orgs/:org/projects/:project/environments/:environment/flags/:flag';

/** Turns a flag on or off in an environment. Turning off is never refused, whatever is wrong with the flag. */
export const turnFlag = command({
  name: 'flag.turn',
  version: 1,
  permission: 'flag.edit',
  apply(state: State, { environment, flag, on }: InputOf<`POST ${typeof path}/turn`>): Outcome {
    const found = activeFlagIn(state, environment, flag);
    const before = found.flag.body;
    if (on && before.locked) return refuseTurningOn(state, found);
    return outcomeOfEdits([{ environment, before, after: { ...before, on } }]);
  },
});

/** Off and locked: turning on again is a separate act. A kill never waits for anybody. */
export const killFlag = command({
  name: 'flag.kill',
  version: 1,
  permission: 'flag.kill',
  apply(state: State, { environment, flag }: InputOf<`POST ${typeof path}/kill`>): Outcome {
    const before = activeFlagIn(state, environment, flag).flag.body;
    const after = { ...before, on: false, locked: true };
    return { ...outcomeOfEdits([{ environment, before, after }]), isStop: true };
  },
});

/** Lifts a kill; the flag stays off until it is turned on. */
export const unlockFlag = command({
  name: 'flag.unlock',
  version: 1,
  permission: 'flag.unlock',
  apply(state: State, { environment, flag }: InputOf<`POST ${typeof path}/unlock`>): Outcome {
    const before = flagIn(state, environment, flag).flag.body;
    return outcomeOfEdits([{ environment, before, after: { ...before, locked: false } }]);
  },
});
