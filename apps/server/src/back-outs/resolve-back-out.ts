import { parseVersion } from '@taffrail/engine/versions';
import type { BackOutDocument } from '@taffrail/schema';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import { refuseNoRange } from '../releases/versions.ts';
import { carriedOut } from './carrying.ts';
import { backOutOf } from './find.ts';

/**
 * Says in which releases a back-out is not needed, since what was wrong is fixed there: from a version on, or in a range. It may be
 * said again for another line of releases. All others carry it as before.
 */
export const resolveBackOut = command({
  name: 'back-out.resolve',
  version: 1,
  permission: 'backout.make',
  action: 'back-out',
  apply(
    state: State,
    { backOut: key, fixedIn }: InputOf<'POST /orgs/:org/projects/:project/back-outs/:backOut/resolve'>,
    { now, actor }: Occasion,
  ): Outcome {
    if (parseVersion(fixedIn) === undefined) refuseNoRange(fixedIn, '/body/fixedIn');
    const before = backOutOf(state, key).body;
    const known = before.resolved?.fixedIn ?? [];
    if (known.includes(fixedIn)) return { write: [], changes: [] };
    const resolved = { fixedIn: [...known, fixedIn], at: now.toISOString(), by: actor.name };
    const after: BackOutDocument = { ...before, resolved };
    return carriedOut(state, before, after, now);
  },
});
