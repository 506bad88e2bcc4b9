import type { Contracts, ResponseOf } from '@taffrail/schema';
import { commit, reasonOf } from '../commit.ts';
import { explainNotFound } from '../not-found.ts';
import type { Places } from '../place.ts';
import { present } from '../present.ts';
import { answer, row, type Call, type Paint } from '../row.ts';
import { tableOf } from '../table.ts';
import { commaList } from '../values.ts';

const environments = '/orgs/:org/projects/:project/environments/:environment';

interface Two {
  readonly from: string;
  readonly to: string;
}

interface Copying extends Two {
  readonly flags?: string[];
  readonly segments?: true;
  readonly pins: boolean;
}

/** Two environments side by side, and what one takes over from the other. */
export const environmentRows = [
  row<Two, 'project'>({
    name: 'environment diff <from> <to>',
    about: 'List how flags and segments differ between two environments: what copying would do',
    reach: 'project',
    run: (call) =>
      inEnvironment(call, async (at) => {
        const query = { from: call.input.from };
        const differences = await call.api.call(`GET ${environments}/differences`, { params: at, query });
        return answer(differences, (told, paint) => differencesText(told, call.input, paint));
      }),
  }),
  row<Copying, 'project'>({
    name: 'environment copy <from> <to>',
    about: 'Copy what flags serve from one environment to another',
    more: 'Who is in which bucket stays, and so does what was killed. Nothing is taken away.',
    reach: 'project',
    writes: true,
    options: [
      { flags: '--flags <keys>', about: 'only these flags, with commas between (all that differ)', parse: commaList('--flags') },
      { flags: '--segments', about: 'copy the segments that these flags ask, too' },
      { flags: '--no-pins', about: 'leave the pins of both as they are' },
    ],
    run: (call) => inEnvironment(call, (at) => copy(call, at)),
  }),
];

function copy(call: Call<Copying, 'project'>, params: Places['environment']) {
  const { from, flags, segments, pins } = call.input;
  const body = { from, ...present({ flags, segments }), ...(!pins && { pins }), ...reasonOf(call.common) };
  return commit(call, `POST ${environments}/copy`, { params, body });
}

/** Acts in the environment that is named as an argument; if it is not there, the answer says what was probably meant. */
async function inEnvironment<Input extends Two, T>(
  { api, at, input }: Call<Input, 'project'>,
  act: (at: Places['environment']) => Promise<T>,
): Promise<T> {
  const place = { ...at, environment: input.to };
  try {
    return await act(place);
  } catch (error) {
    throw await explainNotFound(error, api, place, {});
  }
}

type Differences = ResponseOf<Contracts[`GET ${typeof environments}/differences`]>;

function differencesText({ flags, segments, same }: Differences, { from, to }: Two, paint: Paint): string {
  const count = `${same} flag${same === 1 ? ' is' : 's are'} the same in ${from} and ${to}.`;
  if (flags.length + segments.length === 0) return count;
  return [...flagTable(flags, from, to), ...segmentTable(segments, from, to), paint.dim(count)].join('\n');
}

function flagTable(flags: Differences['flags'], from: string, to: string): string[] {
  const rows = flags.map(({ flag, here, from: there, summary, kept, asks }) => [
    flag,
    here.summary,
    there.summary,
    `${kept ? 'stays killed, else ' : ''}${summary}${asks.length > 0 ? ` (asks ${asks.join(', ')})` : ''}`,
  ]);
  return rows.length === 0 ? [] : [tableOf(['FLAG', `IN ${to}`, `IN ${from}`, 'IF COPIED'], rows), ''];
}

function segmentTable(segments: Differences['segments'], from: string, to: string): string[] {
  const places: Record<Differences['segments'][number]['in'], string> = { both: 'both', from, here: to };
  const rows = segments.map(({ segment, in: where, summary, usedBy }) => [segment, places[where], usedBy.join(', '), summary]);
  return rows.length === 0 ? [] : [tableOf(['SEGMENT', 'IN', `USED IN ${to} BY`, 'HOW IT DIFFERS'], rows), ''];
}
