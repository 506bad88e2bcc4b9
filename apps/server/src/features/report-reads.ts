import type { Change, ReadReport } from '@taffrail/schema';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';

/** A project has one report; a new one takes its place. */
export const readReportKey = 'main';

/** Stores how often the code reads each flag. */
export const reportReads = command({
  name: 'reads.report',
  version: 1,
  permission: 'flag.edit',
  apply(_: State, { commit, flags }: InputOf<'PUT /orgs/:org/projects/:project/reads'>, { now, actor }: Occasion): Outcome {
    const about = { key: readReportKey, at: now.toISOString(), by: actor.name, flags };
    const body: ReadReport = commit === undefined ? about : { ...about, commit };
    return { write: [{ sort: 'read-report', key: readReportKey, body }], changes: [reported(body)] };
  },
});

/** The last report, if anybody has ever reported. */
export function readReportOf(state: State): ReadReport | undefined {
  return state.get('read-report', readReportKey)?.body;
}

function reported({ flags, commit }: ReadReport): Change {
  const unread = flags.filter(({ reads }) => reads === 0).length;
  const of = commit === undefined ? '' : ` of ${commit}`;
  const summary = `reads reported${of}: ${flags.length} flags, ${unread} without any`;
  return { kind: 'reads.reported', sort: 'read-report', key: readReportKey, summary };
}
