import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Contracts, ResponseOf } from '@taffrail/schema';
import { Failure } from '../failure.ts';
import { answer, row, type Answer, type Call } from '../row.ts';
import { judged, readTrust, writeNew, writeWhole } from '../shipment-files.ts';
import { wholeNumber } from '../values.ts';

const project = '/orgs/:org/projects/:project';
const release = `${project}/releases/:release` as const;

type Keys = ResponseOf<Contracts[`GET ${typeof project}/lines/:line/keys`]>;
type Shown = ResponseOf<Contracts[`GET ${typeof release}`]>;

interface Export {
  readonly release: string;
  readonly revision?: number;
  readonly output?: string;
  readonly package?: string;
  readonly install?: string;
  readonly wait?: number;
}

/** Taking a signed shipment out: into the package of a release, or to a site that is on no network. */
export const shipmentExportRows = [
  row<Export, 'project'>({
    name: 'shipment export <release>',
    about: "Write a release's signed shipment: to a file, to standard output, or with all that a site trusts into a folder",
    more: [
      'At build time: --package FOLDER writes trust.json, keys.json and shipment.json, for the product to carry. For a site on no network:',
      '--output FILE, and --install KEY notes that somebody carries it there. It is verified as a site does before it is written. A',
      'trust.json that is in FOLDER must say what the server says: keep it beside the code of the product.',
    ].join('\n'),
    example: 'shipment export 8.4.0 --package package',
    reach: 'project',
    options: [
      { flags: '--revision <revision>', about: 'which one (the last that is signed)', parse: wholeNumber },
      { flags: '--output <file>', about: 'where the shipment file goes' },
      { flags: '--package <folder>', about: 'the folder that the package of the product carries' },
      { flags: '--install <key>', about: 'the install that somebody carries it to' },
      {
        flags: '--wait <seconds>',
        about: 'how long to wait for the last revision to be signed (not at all)',
        parse: wholeNumber,
      },
    ],
    run: exportShipment,
  }),
];

async function exportShipment(call: Call<Export, 'project'>): Promise<Answer | undefined> {
  const { api, at, input, terminal } = call;
  const { line, revision, isLast } = await chosen(call);
  const params = { ...at, release: input.release, revision: String(revision) };
  const { file } = await api.call(`GET ${release}/shipments/:revision/file`, { params });
  const keys = await api.call(`GET ${project}/lines/:line/keys`, { params: { ...at, line } });
  const digest = await verified(file, keys);
  if (input.package !== undefined) await refuseOtherTrust(join(input.package, trustName), keys);
  const written = await write(input, file, keys);
  if (input.install !== undefined) await carry(call, revision);
  const note = isLast
    ? {}
    : { note: `It is not the last revision of ${input.release}: later ones are not signed yet, or you said so.` };
  if (written.length > 0) return answer({ release: input.release, revision, digest, files: written }, exportText, note);
  await terminal.out(file);
  return undefined;
}

interface Chosen {
  readonly line: string;
  readonly revision: number;
  readonly isLast: boolean;
}

async function chosen({ api, at, input, terminal }: Call<Export, 'project'>): Promise<Chosen> {
  const untilMs = Date.now() + (input.wait ?? 0) * 1_000;
  for (;;) {
    const { line, shipments } = await api.call(`GET ${release}`, { params: { ...at, release: input.release } });
    const wanted =
      input.revision === undefined ? shipments.at(-1) : shipments.find(({ revision }) => revision === input.revision);
    if (wanted?.signed !== undefined || Date.now() >= untilMs) return choice(input, line, shipments);
    await pause(betweenLooksMs, undefined, { signal: terminal.signal });
  }
}

const betweenLooksMs = 500;

function choice({ release: version, revision: typed }: Export, line: string, shipments: Shown['shipments']): Chosen {
  const revision = typed ?? shipments.filter(({ signed }) => signed !== undefined).at(-1)?.revision;
  if (revision !== undefined) return { line, revision, isLast: revision === shipments.at(-1)?.revision };
  const how =
    'Run "taffrail signer" where the key is, or sign it by hand: "taffrail shipment sign", then "taffrail shipment publish"';
  throw new Failure('NOTHING_FOUND', `No revision of ${version} is signed yet. ${how}; --wait waits for it.`);
}

async function verified(file: string, { file: list, trust }: Keys): Promise<string> {
  const { openKeys, openShipment, refuseStaleSigners } = await import('@taffrail/shipment/signed');
  return judged('what the server gave', () => {
    const keys = openKeys(list, trust).list;
    const shipment = openShipment(file, keys, trust);
    refuseStaleSigners(shipment, keys);
    return shipment.digest;
  });
}

const trustName = 'trust.json';

/**
 * Sites believe whoever stands in a package, so a server is taken at its word once: a file that is there, from the build before or kept
 * beside the code of the product, must say the same.
 */
async function refuseOtherTrust(path: string, { trust }: Keys): Promise<void> {
  if (!existsSync(path) || isDeepStrictEqual(await readTrust(path), trust)) return;
  const how = 'Compare both with who holds the root key. Then remove the file, if sites are to trust what the server says';
  throw new Failure('REFUSED', `${path} trusts others than the server says. ${how}.`);
}

/** A package is built again and again: what is there gives way. A file that somebody named is theirs. */
async function write({ output, package: folder }: Export, file: string, keys: Keys): Promise<string[]> {
  const carried = { [trustName]: `${JSON.stringify(keys.trust)}\n`, 'keys.json': keys.file, 'shipment.json': file };
  const packed = folder === undefined ? [] : Object.entries(carried).map(([name, text]) => [join(folder, name), text] as const);
  for (const [path, text] of packed) await writeWhole(path, text);
  if (output !== undefined) await writeNew(output, file);
  return [...packed.map(([path]) => path), ...(output === undefined ? [] : [output])];
}

async function carry({ api, at, input, common }: Call<Export, 'project'>, revision: number): Promise<void> {
  const params = { ...at, install: input.install ?? '' };
  const body = { release: input.release, revision, ...(common.reason !== undefined && { reason: common.reason }) };
  await api.call(`POST ${project}/installs/:install/carried`, { params, body });
}

function exportText({
  release: version,
  revision,
  digest,
  files,
}: {
  readonly release: string;
  readonly revision: number;
  readonly digest: string;
  readonly files: readonly string[];
}): string {
  return `${files.join(', ')}: ${version} r${revision}, ${digest}`;
}
