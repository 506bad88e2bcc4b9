import { limits, type Change, type ReadReport } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';

const path = '/orgs/:org/projects/:project/reads';
const usualSource = 'main';

/** Stores how often the code of a source reads each flag, in place of what it reported before. */
export const reportReads = command({
  name: 'reads.report',
  version: 1,
  permission: 'flag.edit',
  apply(state: State, input: InputOf<`PUT ${typeof path}`>, { now, actor }: Occasion): Outcome {
    const { source = usualSource, commit, flags, dynamic } = input;
    refuseTooMany(state, source);
    const body: ReadReport = {
      key: source,
      at: now.toISOString(),
      by: actor.name,
      ...(commit !== undefined && { commit }),
      flags,
      ...(dynamic !== undefined && { dynamic }),
    };
    return { write: [{ sort: 'read-report', key: source, body }], changes: [reported(body)] };
  },
});

/** Forgets a source whose code is no more. */
export const forgetReads = command({
  name: 'reads.forget',
  version: 1,
  permission: 'flag.edit',
  apply(state: State, { source }: InputOf<`DELETE ${typeof path}/:source`>): Outcome {
    if (state.get('read-report', source) === undefined) fail('NOT_FOUND', `Nothing called '${source}' has reported reads.`);
    const change: Change = {
      kind: 'reads.forgotten',
      sort: 'read-report',
      key: source,
      summary: `reads of ${source} forgotten: its code is no more`,
    };
    return { write: [{ sort: 'read-report', key: source }], changes: [change] };
  },
});

/** The last report of each source, by name. */
export function readReports(state: State): ReadReport[] {
  return state.list('read-report').map(({ body }) => body);
}

function refuseTooMany(state: State, source: string): void {
  if (state.get('read-report', source) !== undefined) return;
  if (state.list('read-report').length < limits.readSourcesPerProject) return;
  fail('INVALID', `A project has at most ${limits.readSourcesPerProject} sources of reads. Forget what is no more.`);
}

function reported({ key, flags, commit, dynamic }: ReadReport): Change {
  const unread = flags.filter(({ reads }) => reads === 0).length;
  const at = commit === undefined ? '' : ` at ${commit}`;
  const untold = dynamic === undefined || dynamic.reads === 0 ? '' : `, and ${dynamic.reads} reads that may be of any flag`;
  const summary = `reads of ${key} reported${at}: ${flags.length} flags, ${unread} without any${untold}`;
  return { kind: 'reads.reported', sort: 'read-report', key, summary };
}
