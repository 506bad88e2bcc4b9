import type { Contracts, InstallRow, InstallStanding, QueryOf, ResponseOf } from '@taffrail/schema';
import { commit, reasonOf } from '../commit.ts';
import { Failure } from '../failure.ts';
import { present } from '../present.ts';
import { answer, row } from '../row.ts';
import { tableOf } from '../table.ts';
import { minute, wholeNumber } from '../values.ts';

const installs = '/orgs/:org/projects/:project/installs';
const keys = `${installs}/:install/keys` as const;

type List = ResponseOf<Contracts[`GET ${typeof installs}`]>;
type Detail = ResponseOf<Contracts[`GET ${typeof installs}/:install`]>;

interface Filter {
  readonly line?: string;
  readonly standing?: InstallStanding;
  readonly release?: string;
  readonly search?: string;
  readonly tag?: string;
  readonly retired?: true;
  readonly limit?: number;
  readonly after?: string;
}

interface NewInstall {
  readonly key: string;
  readonly name?: string;
  readonly line?: string;
  readonly airGapped?: true;
  readonly note?: string;
}

interface Edit {
  readonly install: string;
  readonly name?: string;
  readonly connection?: 'connected' | 'air-gapped';
  readonly note?: string;
}

/** Nothing that is done to an install turns a flag on. */
const unaffecting = { narrows: true } as const;

export const installRows = [
  row<Filter, 'project'>({
    name: 'install list',
    about: 'List installs: who runs what, who is behind, who is silent',
    reach: 'project',
    options: [
      { flags: '--line <line>', about: 'of one series of releases' },
      { flags: '--standing <standing>', about: 'current, behind, silent, unknown-shipment or air-gapped', parse: standing },
      { flags: '--release <version>', about: 'that run this release' },
      { flags: '--search <text>', about: 'with this in the key or the name' },
      { flags: '--tag <tag>', about: 'the five characters of a support code that tell an install' },
      { flags: '--retired', about: 'those that are no more' },
      { flags: '--limit <count>', about: 'how many', parse: wholeNumber },
      { flags: '--after <install>', about: 'go on after this one' },
    ],
    async run({ api, at, input }) {
      const { line, standing: is, release, search, tag, retired, limit, after } = input;
      const filter = { line, standing: is, release, search, tag, limit, after, retired: retired && ('only' as const) };
      const query: QueryOf<Contracts[`GET ${typeof installs}`]> = present(filter);
      return answer(await api.call(`GET ${installs}`, { params: at, query }), listText);
    },
  }),
  row<{ install: string }, 'project'>({
    name: 'install show <install>',
    about: 'Show an install: what it runs, what it acknowledged, its keys, what its operator shares',
    reach: 'project',
    run: async ({ api, at, input }) =>
      answer(await api.call(`GET ${installs}/:install`, { params: { ...at, ...input } }), detailText),
  }),
  row<NewInstall, 'project'>({
    name: 'install create <key>',
    about: 'Create an install: a customer site',
    example: "install create globex --name 'Globex, Berlin'",
    reach: 'project',
    writes: true,
    options: [
      { flags: '--name <name>', about: "as people say it: 'Globex, Berlin'; otherwise the key" },
      { flags: '--line <line>', about: 'the series of releases that it runs; otherwise main' },
      { flags: '--air-gapped', about: 'shipments are carried there by people' },
      { flags: '--note <text>', about: 'what else to know of it' },
    ],
    run(call) {
      const { key, name = key, line, airGapped, note } = call.input;
      const connection = airGapped && ('air-gapped' as const);
      const body = { key, name, ...present({ line, connection, note }), ...reasonOf(call.common) };
      return commit(call, `POST ${installs}`, { params: call.at, body }, unaffecting);
    },
  }),
  row<Edit, 'project'>({
    name: 'install edit <install>',
    about: 'Rename an install, or say how shipments come to it',
    reach: 'project',
    writes: true,
    options: [
      { flags: '--name <name>', about: 'as people say it' },
      { flags: '--connection <connection>', about: 'connected or air-gapped', parse: connection },
      { flags: '--note <text>', about: 'what else to know of it' },
    ],
    run(call) {
      const { install, name, connection: how, note } = call.input;
      const body = { ...present({ name, connection: how, note }), ...reasonOf(call.common) };
      return commit(call, `PATCH ${installs}/:install`, { params: { ...call.at, install }, body }, unaffecting);
    },
  }),
  row<{ install: string; undo?: true }, 'project'>({
    name: 'install retire <install>',
    about: 'Say that an install is no more: its keys are good no more, its streams end',
    reach: 'project',
    writes: true,
    options: [{ flags: '--undo', about: 'it is there still; keys of it that were not revoked are good again' }],
    run(call) {
      const { install, undo } = call.input;
      const body = { retired: undo !== true, ...reasonOf(call.common) };
      return commit(call, `PATCH ${installs}/:install`, { params: { ...call.at, install }, body }, unaffecting);
    },
  }),
  row<{ install: string; release: string; revision: number }, 'project'>({
    name: 'install carried <install> <release>',
    about: 'Say that a signed shipment was handed to somebody who carries it to an install',
    reach: 'project',
    writes: true,
    options: [{ flags: '--revision <number>', about: 'of the shipment: 2', parse: wholeNumber, required: true }],
    run(call) {
      const { install, release, revision } = call.input;
      const body = { release, revision, ...reasonOf(call.common) };
      return commit(call, `POST ${installs}/:install/carried`, { params: { ...call.at, install }, body }, unaffecting);
    },
  }),
  row<{ install: string; name: string; expires?: string }, 'project'>({
    name: 'install key create <install>',
    about: 'Create an install key. Its secret, shown once, is all that goes to standard output',
    reach: 'project',
    options: [
      { flags: '--name <name>', about: 'where it is used', fallback: 'site' },
      { flags: '--expires <instant>', about: 'when it stops working: 2027-01-31T00:00:00Z' },
    ],
    async run({ api, at, input: { install, name, expires } }) {
      const body = { name, ...present({ expiresAt: expires }) };
      const created = await api.call(`POST ${keys}`, { params: { ...at, install }, body });
      return answer(created, ({ secret }) => secret, {
        note: `Key ${created.id} of ${install}. It is shown this once: keep it.`,
      });
    },
  }),
  row<{ install: string; id: string }, 'project'>({
    name: 'install key revoke <install> <id>',
    about: 'Revoke an install key; its streams end within seconds',
    reach: 'project',
    writes: true,
    run(call) {
      const { install, id } = call.input;
      return commit(call, `DELETE ${keys}/:key`, { params: { ...call.at, install, key: id } }, unaffecting);
    },
  }),
];

const standings: ReadonlySet<string> = new Set(['current', 'behind', 'silent', 'unknown-shipment', 'air-gapped']);

function standing(text: string): string {
  if (standings.has(text)) return text;
  throw new Failure('USAGE', `"${text}" is no standing. It is ${[...standings].join(', ')}.`);
}

function connection(text: string): string {
  if (text === 'connected' || text === 'air-gapped') return text;
  throw new Failure('USAGE', `"${text}" is no connection. It is connected or air-gapped.`);
}

function listText({ installs: found, total, counts, next }: List): string {
  if (total === 0) return 'No installs.';
  const { current, behind, silent, online } = counts;
  const sums = `${total} installs; of all: ${current} current, ${behind} behind, ${silent} silent, ${counts['unknown-shipment']} with an unknown shipment, ${counts['air-gapped']} air-gapped; ${online} online.`;
  const more = next === undefined ? [] : [`More with --after ${next}.`];
  return [installsText(found), sums, ...more].join('\n');
}

/** Installs as a table. */
export function installsText(rows: readonly InstallRow[]): string {
  return tableOf(
    ['INSTALL', 'NAME', 'LINE', 'STANDING', 'RUNS', 'SINCE', 'SEEN', 'TAG'],
    rows.map((each) => [
      each.install,
      each.name,
      each.line,
      each.standing,
      runsIn(each),
      each.runs === undefined ? '' : minute(each.runs.appliedAt),
      each.online ? 'online' : each.lastSeenAt === undefined ? 'never' : minute(each.lastSeenAt),
      each.tag ?? '',
    ]),
  );
}

function runsIn({ runs, carried, newest, supported }: InstallRow): string {
  if (runs === undefined) return carried === undefined ? '' : `${carried.release} r${carried.revision} was carried there`;
  const what = `${runs.release ?? 'unknown'} r${runs.revision}`;
  const facts = [
    ...(newest !== undefined && newest > runs.revision ? [`r${newest} is signed`] : []),
    ...(supported === false ? ['not supported any more'] : []),
  ];
  return facts.length === 0 ? what : `${what} (${facts.join(', ')})`;
}

function detailText({ row: shown, install, acknowledged, keys: known, overrides }: Detail): string {
  return [
    installsText([shown]),
    ...(install.note === undefined ? [] : [install.note]),
    ...(install.retiredAt === undefined ? [] : [`retired ${minute(install.retiredAt)}`]),
    '',
    tableOf(
      ['ACKNOWLEDGED', 'APPLIED', 'HEARD', 'DIGEST'],
      acknowledged.map((one) => [
        `${one.release ?? 'unknown'} r${one.revision}`,
        minute(one.appliedAt),
        minute(one.acknowledgedAt),
        one.digest,
      ]),
    ),
    '',
    tableOf(
      ['KEY', 'NAME', 'CREATED', 'LAST USED', ''],
      known.map(({ id, name, createdAt, createdBy, lastUsedAt, revokedAt }) => [
        id,
        name,
        `${minute(createdAt)} ${createdBy}`,
        lastUsedAt === undefined ? 'never' : minute(lastUsedAt),
        revokedAt === undefined ? '' : `revoked ${minute(revokedAt)}`,
      ]),
    ),
    ...(overrides === undefined ? [] : ['', sharedText(overrides)]),
  ].join('\n');
}

function sharedText({ at, entries }: NonNullable<Detail['overrides']>): string {
  const rows = entries.map(({ line, flag, value, orgs, expires, reason }) => [
    String(line),
    flag,
    JSON.stringify(value),
    orgs?.join(', ') ?? 'everybody',
    expires ?? 'never',
    reason ?? '',
  ]);
  return [`Overrides, as of ${minute(at)}:`, tableOf(['LINE', 'FLAG', 'VALUE', 'FOR', 'EXPIRES', 'REASON'], rows)].join('\n');
}
