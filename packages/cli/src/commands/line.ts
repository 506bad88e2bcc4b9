import type { Contracts, ResponseOf } from '@taffrail/schema';
import { answer, row } from '../row.ts';
import { tableOf } from '../table.ts';

const lines = '/orgs/:org/projects/:project/lines';
type Lines = ResponseOf<Contracts[`GET ${typeof lines}`]>;

/** Lines of releases. */
export const lineRows = [
  row<object, 'project'>({
    name: 'line list',
    about: 'List the lines of releases: their key lists, who may sign, and what waits to be signed',
    reach: 'project',
    async run({ api, at }) {
      return answer(await api.call(`GET ${lines}`, { params: at }), linesText);
    },
  }),
];

function linesText({ lines: found }: Lines): string {
  if (found.length === 0) return 'No lines yet. Cut a release with "taffrail release cut VERSION --sha SHA --manifest FILE".';
  const rows = found.map(({ line, releases, installs, keys, unsigned }) => [
    line,
    String(releases),
    String(installs),
    keys === undefined ? 'none: taffrail keys publish' : String(keys.version),
    keys?.signing.join(', ') ?? '',
    unsigned.map(({ release, revision }) => `${release} r${revision}`).join(', '),
  ]);
  return tableOf(['LINE', 'RELEASES', 'INSTALLS', 'KEY LIST', 'SIGN', 'NOT SIGNED'], rows);
}
