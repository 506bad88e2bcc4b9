import type { Contracts, HistoryEntry, ResponseOf } from '@taffrail/schema';
import { changeLines } from '../affected.ts';
import type { Api } from '../api.ts';
import { commit, reasonOf } from '../commit.ts';
import { Failure } from '../failure.ts';
import { present } from '../present.ts';
import { printableDeep } from '../printable.ts';
import { answer, row, type Call, type Paint } from '../row.ts';
import { tableOf } from '../table.ts';
import { minute, wholeNumber } from '../values.ts';

interface Filter {
  readonly flag?: string;
  readonly by?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit: number;
}

interface Erasing {
  readonly entry: string;
  readonly reason: string;
  readonly yes?: true;
}

/** What happened, and the way back. */
export const historyRows = [
  row<Filter, 'project'>({
    name: 'history',
    about: "List a project's changes, newest first; -e narrows it to one environment",
    more: '"undo" and "rollback --to" take the number under REVISION, "history erase" the one under ENTRY.',
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
  row<object, 'organization'>({
    name: 'history verify',
    about: "Check that no entry of the organization's history was altered, is missing or was put in",
    more: 'Note the head somewhere else: a history that was written anew has another one.',
    reach: 'organization',
    async run({ api, at }) {
      const verified = await api.call('GET /orgs/:org/history/verify', { params: at });
      return answer(verified, verifiedText, verified.brokenAt === undefined ? {} : { exitCode: 1 });
    },
  }),
  row<Erasing, 'organization'>({
    name: 'history erase <entry>',
    about: 'Erase what one entry says, as a secret that was pasted; "history" shows the numbers of entries',
    more: 'Who did it and what it touched stays. That it was erased, by whom and why, is recorded. Backups keep what they hold.',
    reach: 'organization',
    options: [
      { flags: '--reason <text>', about: 'why, for the history', required: true },
      { flags: '--yes', about: 'do not ask before it is gone for ever' },
    ],
    run: eraseEntry,
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
      tableOf(headings, entries.map(entryCells)),
      ...(next === undefined ? [] : ['There are more: raise --limit, or narrow with --until.']),
    ].join('\n'),
  );
}

const headings = ['REVISION', 'ENTRY', 'WHEN', 'WHO', 'WHAT'];

function entryCells({ revision, seq, at, actor, changes, reason, undoes }: HistoryEntry): string[] {
  const what = `${undoes === undefined ? '' : `undoes ${undoes}: `}${changeLines(changes).join('; ')}`;
  return [String(revision), String(seq), minute(at), actor.name, reason === undefined ? what : `${what} (${reason})`];
}

type Verified = ResponseOf<Contracts['GET /orgs/:org/history/verify']>;

function verifiedText({ entries, erased, head, brokenAt }: Verified, paint: Paint): string {
  if (brokenAt !== undefined) return paint.red(`Entry ${brokenAt} does not follow from those before it.`);
  const partly = erased === 0 ? '' : ` What ${erased} of them said was erased; their links follow.`;
  return `${entries} entries, each follows from the one before.${partly}\nhead ${head}`;
}

async function eraseEntry(call: Call<Erasing, 'organization'>) {
  const { api, at, input } = call;
  const seq = String(wholeNumber(input.entry));
  if (!input.yes) await confirmErasing(call, Number(seq));
  const params = { ...at, seq };
  const erased = await api.call('POST /orgs/:org/history/:seq/erase', { params, body: { reason: input.reason } });
  return answer(erased, (told) => erasedText(seq, told));
}

/** The number of an entry is easily taken for that of a revision, so what would be erased is shown. */
async function confirmErasing({ api, at, terminal }: Call<Erasing, 'organization'>, seq: number): Promise<void> {
  const entry = await entryAt(api, at.org, seq);
  if (entry === undefined) throw new Failure('NOTHING_FOUND', `There is no entry ${seq} in this history.`);
  terminal.err(`${tableOf(headings, [entryCells(printableDeep(entry))])}\n`);
  if (!terminal.interactive) {
    throw new Failure('NOT_CONFIRMED', 'What is erased is gone for ever. Repeat it with --yes; nothing was changed.');
  }
  const reply = await terminal.ask(`Erase what entry ${seq} says, for ever? [y/N] `);
  if (!/^y(es)?$/i.test(reply.trim())) throw new Failure('DECLINED', 'Nothing was changed.');
}

/** An entry of the organization itself, or of whichever of its projects. */
async function entryAt(api: Api, org: string, seq: number): Promise<HistoryEntry | undefined> {
  const query = { before: seq + 1, limit: 1 };
  const { projects } = await api.call('GET /orgs/:org/projects', { params: { org } });
  const pages = await Promise.all([
    api.call('GET /orgs/:org/history', { params: { org }, query }),
    ...projects.map(({ project }) =>
      api.call('GET /orgs/:org/projects/:project/history', { params: { org, project: project.key }, query }),
    ),
  ]);
  return pages.flatMap(({ entries }) => entries).find((entry) => entry.seq === seq);
}

type Erased = ResponseOf<Contracts['POST /orgs/:org/history/:seq/erase']>;

function erasedText(seq: string, { changed, stands, since }: Erased): string {
  return [
    changed ? `What entry ${seq} said is erased.` : `What entry ${seq} said was erased before.`,
    ...stands.map(
      ({ key, environment }) =>
        `${key}${environment ? ` in ${environment}` : ''} still says it: change it, then erase the entry once more.`,
    ),
    ...(since.length === 0 ? [] : [`Later entries about the same, which may quote it: ${since.join(', ')}.`]),
  ].join('\n');
}
