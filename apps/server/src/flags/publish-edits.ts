import type { EnvironmentFlag } from '@taffrail/schema';
import type { AppError } from '../changes/app-error.ts';
import { command, type InputOf, type Outcome, type State } from '../changes/command.ts';
import { conflict, refuseAll } from '../changes/conflict.ts';
import { activeFlagIn, refuseTurningOn } from './find.ts';
import { checkedOutcome, withEdit, type PlacedEdit } from './publishing.ts';

type Input = InputOf<'POST /orgs/:org/projects/:project/publish'>;
type Edit = Input['edits'][number];

/** Publishes edits of any flags in any environments as one revision: all of them, or none. */
export const publishEdits = command({
  name: 'flag.publish',
  version: 1,
  permission: 'flag.edit',
  apply(state: State, { edits }: Input): Outcome {
    refuseAll(edits.flatMap((edit, index) => lostEdit(state, edit, `/body/edits/${index}`)));
    const byFlag = new Map<string, PlacedEdit>();
    for (const [index, edit] of edits.entries()) {
      const address = `${edit.environment}\0${edit.flag}`;
      byFlag.set(address, placed(state, edit, byFlag.get(address)?.after, `/body/edits/${index}/edit`));
    }
    return checkedOutcome(state, [...byFlag.values()]);
  },
});

/** An edit that was made on a revision of the flag which is no longer its last. */
function lostEdit(state: State, { environment, flag, revision }: Edit, at: string): { at: string; error: AppError }[] {
  const present = activeFlagIn(state, environment, flag).flag;
  if (revision === undefined || revision === present.revision) return [];
  return [{ at, error: conflict(state, { sort: 'environment-flag', key: flag, environment }, revision) }];
}

/** Several edits of one flag add up. */
function placed(state: State, { environment, flag, edit }: Edit, earlier: EnvironmentFlag | undefined, at: string): PlacedEdit {
  const found = activeFlagIn(state, environment, flag);
  const before = found.flag.body;
  const after = withEdit(earlier ?? before, edit);
  return before.locked && after.on ? refuseTurningOn(state, found) : { environment, before, after, at };
}
