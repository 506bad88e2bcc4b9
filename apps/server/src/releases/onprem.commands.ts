import type { OnpremPolicy } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import { definitionOf } from '../flags/find.ts';
import { onpremChange } from './changes.ts';
import { refuseNoRange } from './versions.ts';

const path = '/orgs/:org/projects/:project/flags/:flag/onprem';

/** Lets a flag that is not `ga` be more than dark in releases that are cut from now on. Those that were cut stay as they are. */
export const setOnprem = command({
  name: 'onprem.set',
  version: 1,
  permission: 'release.cut',
  action: 'onprem',
  apply(state: State, { flag, mode, releases }: InputOf<`PUT ${typeof path}`>, { now, actor }: Occasion): Outcome {
    const { archivedAt } = definitionOf(state, flag).body;
    if (archivedAt !== undefined) fail('FLAG_ARCHIVED', `${flag} is archived. Restore it first.`);
    refuseNoRange(releases, '/body/releases');
    const before = state.get('onprem', flag)?.body;
    if (before?.mode === mode && before.releases === releases) return { write: [], changes: [] };
    const range = releases === undefined ? {} : { releases };
    const after: OnpremPolicy = { key: flag, mode, ...range, since: now.toISOString(), by: actor.name };
    return { write: [{ sort: 'onprem', key: flag, body: after }], changes: [onpremChange(flag, before, after)] };
  },
});

/** Has a flag dark again in releases that are cut from now on, until it is `ga`. */
export const clearOnprem = command({
  name: 'onprem.clear',
  version: 1,
  permission: 'release.cut',
  apply(state: State, { flag }: InputOf<`DELETE ${typeof path}`>): Outcome {
    definitionOf(state, flag);
    const before = state.get('onprem', flag)?.body;
    if (before === undefined) return { write: [], changes: [] };
    return { write: [{ sort: 'onprem', key: flag }], changes: [onpremChange(flag, before, undefined)] };
  },
});
