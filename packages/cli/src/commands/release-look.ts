import { writeFile } from 'node:fs/promises';
import type { Contracts, ResponseOf } from '@taffrail/schema';
import type { Api } from '../api.ts';
import { unwritable } from '../file-failure.ts';
import { onOneLine } from '../printable.ts';
import { answer, row, type Call, type Paint } from '../row.ts';
import { table, tableOf } from '../table.ts';
import { minute, wholeNumber } from '../values.ts';

const releases = '/orgs/:org/projects/:project/releases';
const flag = '/orgs/:org/projects/:project/flags/:flag';

type List = ResponseOf<Contracts[`GET ${typeof releases}`]>;
type Shown = ResponseOf<Contracts[`GET ${typeof releases}/:release`]>;
type Differences = ResponseOf<Contracts[`GET ${typeof releases}/:release/differences`]>;
type OfFlag = ResponseOf<Contracts[`GET ${typeof flag}/releases`]>;

interface Payload {
  readonly release: string;
  readonly file?: string;
  readonly revision?: number;
}

/** Looking at releases. */
export const releaseLookRows = [
  row<{ supported?: true }, 'project'>({
    name: 'release list',
    about: 'List releases, the last version first',
    reach: 'project',
    options: [{ flags: '--supported', about: 'only those that are supported' }],
    async run({ api, at, input: { supported } }) {
      const query = supported ? { supported: 'only' as const } : {};
      return answer(await api.call(`GET ${releases}`, { params: at, query }), listText);
    },
  }),
  row<{ release: string }, 'project'>({
    name: 'release show <release>',
    about: 'Show a release: what each of its flags is and why, its shipments and its back-outs',
    reach: 'project',
    async run({ api, at, input: { release } }) {
      return answer(await api.call(`GET ${releases}/:release`, { params: { ...at, release } }), releaseText);
    },
  }),
  row<{ from: string; to: string }, 'project'>({
    name: 'release diff <from> <to>',
    about: 'List what an install gains, loses and sees changed that goes from one release to another',
    example: 'release diff 8.4.0 8.6.0',
    reach: 'project',
    async run({ api, at, input: { from, to } }) {
      const params = { ...at, release: to };
      return answer(await api.call(`GET ${releases}/:release/differences`, { params, query: { from } }), differencesText);
    },
  }),
  row<Payload, 'project'>({
    name: 'release payload <release> [file]',
    about: "Write the payload of a release's shipment, the very text that is signed, to a file or to standard output",
    more: 'The server holds no key: sign it where the key is, with "taffrail shipment sign".',
    reach: 'project',
    options: [{ flags: '--revision <revision>', about: 'which one (the last)', parse: wholeNumber }],
    run: payload,
  }),
  row<{ flag: string }, 'project'>({
    name: 'flag releases <flag>',
    about: 'List the releases whose code reads a flag, and what it is in each',
    reach: 'project',
    async run({ api, at, input }) {
      return answer(await api.call(`GET ${flag}/releases`, { params: { ...at, flag: input.flag } }), ofFlagText);
    },
  }),
];

async function payload({ api, at, input, terminal }: Call<Payload, 'project'>) {
  const { release, file, revision = await lastRevision(api, { ...at, release }) } = input;
  const params = { ...at, release, revision: String(revision) };
  const { payload: text, digest } = await api.call(`GET ${releases}/:release/shipments/:revision`, { params });
  if (file === undefined) {
    await terminal.out(text);
    return undefined;
  }
  await writeFile(file, text).catch((error: NodeJS.ErrnoException) => {
    throw unwritable(file, error);
  });
  return answer({ release, revision, digest, file }, (told) => `${told.file}: ${told.release} r${told.revision}, ${told.digest}`);
}

async function lastRevision(api: Api, params: { org: string; project: string; release: string }): Promise<number> {
  const { shipments } = await api.call(`GET ${releases}/:release`, { params });
  return shipments.at(-1)?.revision ?? 1;
}

const support = ({ supported, supportedUntil }: { supported: boolean; supportedUntil?: string }): string =>
  `${supported ? 'until' : 'ended'} ${supportedUntil ?? 'further notice'}`;

function listText({ releases: found }: List): string {
  if (found.length === 0) return 'No releases yet. Cut one with "taffrail release cut VERSION --sha SHA --manifest FILE".';
  const rows = found.map(({ release, line, commit, cutAt, flags, on, shipment, ...until }) => [
    release,
    line,
    commit.slice(0, 12),
    cutAt.slice(0, 10),
    String(flags),
    String(on),
    `r${shipment.revision}`,
    signedBy(shipment),
    support(until),
    shipment.backOuts.join(', '),
  ]);
  const warnings = found.flatMap(({ release, warning }) => (warning === undefined ? [] : [`${release}: ${warning}`]));
  const listed = tableOf(['RELEASE', 'LINE', 'COMMIT', 'CUT', 'FLAGS', 'ON', 'SHIPMENT', 'SIGNED', 'SUPPORT', 'BACK-OUTS'], rows);
  return [listed, ...warnings].join('\n');
}

const signedBy = ({ signed }: List['releases'][number]['shipment']): string => signed?.by.join(', ') ?? 'not yet';

function releaseText(shown: Shown, paint: Paint): string {
  const { release, line, commit, cutAt, cutBy, environment, entries, removed, shipments, backOuts } = shown;
  const facts = [
    ['commit', commit],
    ['cut', `${minute(cutAt)} ${cutBy}, as ${environment} was`],
    ['line', line],
    ['support', support(shown)],
    ...(shown.warning === undefined ? [] : [['mind', shown.warning]]),
  ];
  const flags = entries.map((entry) => [`  ${entry.flag}`, entry.summary, entry.why]);
  const revisions = shipments.map((one) => [
    `  r${one.revision}`,
    minute(one.issuedAt),
    `${one.bytes} bytes`,
    one.digest,
    one.signed === undefined ? 'not signed yet' : `signed by ${signedBy(one)}`,
    one.reason,
  ]);
  const gone = Object.entries(removed).map(([key, { in: where, now }]) => [`  ${key}`, `gone since ${where}`, now]);
  return [
    paint.bold(release),
    table(facts.map(([name = '', fact = '']) => [`  ${name}`, fact])),
    paint.bold('flags'),
    table(flags),
    paint.bold('shipments'),
    table(revisions),
    ...(backOuts.length === 0
      ? []
      : [paint.bold('back-outs'), ...backOuts.map((one) => `  ${one.key} (${one.severity}) ${onOneLine(one.reason)}`)]),
    ...(gone.length === 0 ? [] : [paint.bold('removed'), table(gone)]),
  ].join('\n');
}

function differencesText({ gained, lost, changed, same }: Differences, paint: Paint): string {
  const rows = [
    ...gained.map(({ flag: key, summary }) => [paint.green('gains'), key, summary]),
    ...lost.map(({ flag: key, summary }) => [paint.red('loses'), key, `was ${summary}`]),
    ...changed.map(({ flag: key, sentence }) => ['changed', key, sentence]),
  ];
  const count = paint.dim(`${same} flag${same === 1 ? ' is' : 's are'} the same.`);
  return rows.length === 0 ? count : [table(rows), count].join('\n');
}

function ofFlagText({ releases: found, policy }: OfFlag): string {
  const rows = found.map(({ release, summary, why, ...until }) => [release, summary, why, support(until)]);
  const said =
    policy && `Releases cut from now on${policy.releases === undefined ? '' : ` (${policy.releases})`}: ${policy.mode}.`;
  const listed = rows.length === 0 ? 'No release reads it.' : tableOf(['RELEASE', 'IS', 'WHY', 'SUPPORT'], rows);
  return [listed, ...(said ? [said] : [])].join('\n');
}
