import type { Contracts, ResponseOf } from '@taffrail/schema';
import { commit, reasonOf } from '../commit.ts';
import { answer, row } from '../row.ts';
import { tableOf } from '../table.ts';
import { minute } from '../values.ts';

const reads = '/orgs/:org/projects/:project/reads';

type List = ResponseOf<Contracts[`GET ${typeof reads}`]>;

/** Whose code has reported what it reads. */
export const readsRows = [
  row<object, 'project'>({
    name: 'reads list',
    about: 'List whose code has reported which flags it reads, and when',
    reach: 'project',
    run: async ({ api, at }) => answer(await api.call(`GET ${reads}`, { params: at }), listText),
  }),
  row<{ source: string }, 'project'>({
    name: 'reads forget <source>',
    about: 'Forget a source whose code is no more, so that no gate waits for its report',
    reach: 'project',
    writes: true,
    run: (call) => {
      const params = { ...call.at, source: call.input.source };
      return commit(call, `DELETE ${reads}/:source`, { params, body: reasonOf(call.common) }, { narrows: true });
    },
  }),
];

function listText({ reads: found }: List): string {
  if (found.length === 0) return 'Nobody has reported what the code reads. Report it with "taffrail audit --report".';
  return tableOf(
    ['SOURCE', 'REPORTED', 'COMMIT', 'FLAGS', 'READ', 'MAY BE ANY'],
    found.map(({ document: { key, at, by, commit: audited = '', flags, dynamic } }) => [
      key,
      `${minute(at)} ${by}`,
      audited.slice(0, 12),
      String(flags.length),
      String(flags.filter((flag) => flag.reads > 0).length),
      dynamic === undefined ? 'not told' : String(dynamic.reads),
    ]),
  );
}
