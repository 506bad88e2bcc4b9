import type { HistoryEntry } from '@taffrail/schema';
import { changeLines } from '../affected.ts';
import { commit, reasonOf } from '../commit.ts';
import { Failure } from '../failure.ts';
import { present } from '../present.ts';
import { answer, row, type Call } from '../row.ts';
import { tableOf } from '../table.ts';
import { minute, wholeNumber } from '../values.ts';

interface Filter {
  readonly flag?: string;
  readonly by?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit: number;
}

/** What happened, and the way back. */
export const historyRows = [
  row<Filter, 'project'>({
    name: 'history',
    about: "List a project's changes, newest first; -e narrows it to one environment",
    reach: 'project',
    options: [
      { flags: '--flag <flag>', about: 'changes of this flag' },
      { flags: '--by <id>', about: 'changes by this actor, by id' },
      { flags: '--since <instant>', about: 'from then on: 2026-11-23T00:00:00Z' },
      { flags: '--until <instant>', about: 'up to then' },
      { flags: '--limit <count>', about: 'at most so many', parse: wholeNumber, fallback: 25 },
    ],
    run: listHistory,
  }),
  row<{ revision: string }, 'project'>({
    name: 'undo <revision>',
    about: 'Undo one change, if nothing it touched has changed since',
    reach: 'project',
    writes: true,
    run: (call) =>
      commit(call, 'POST /orgs/:org/projects/:project/history/:revision/undo', {
        params: { ...call.at, revision: String(wholeNumber(call.input.revision)) },
        body: reasonOf(call.common),
      }),
  }),
  row<{ to: number }, 'environment'>({
    name: 'rollback',
    about: 'Take an environment back to a revision; kills made since are kept and listed',
    reach: 'environment',
    writes: true,
    options: [{ flags: '--to <revision>', about: 'as it was right after this revision', parse: wholeNumber, required: true }],
    run: (call) =>
      commit(call, 'POST /orgs/:org/projects/:project/environments/:environment/rollback', {
        params: call.at,
        body: { to: call.input.to, ...reasonOf(call.common) },
      }),
  }),
];

async function listHistory({ api, at, input, common }: Call<Filter, 'project'>) {
  const { flag, by, since, until, limit } = input;
  const query = { limit, ...present({ flag, by, since, until, environment: common.environment }) };
  const page = await api.call('GET /orgs/:org/projects/:project/history', { params: at, query });
  if (page.entries.length === 0) throw new Failure('NOTHING_FOUND', `No change of ${at.project} matches.`);
  return answer(page, ({ entries, next }) =>
    [
      tableOf(['REVISION', 'WHEN', 'WHO', 'WHAT'], entries.map(entryCells)),
      ...(next === undefined ? [] : ['There are more: raise --limit, or narrow with --until.']),
    ].join('\n'),
  );
}

function entryCells({ revision, at, actor, changes, reason, undoes }: HistoryEntry): string[] {
  const what = `${undoes === undefined ? '' : `undoes ${undoes}: `}${changeLines(changes).join('; ')}`;
  return [String(revision), minute(at), actor.name, reason === undefined ? what : `${what} (${reason})`];
}
