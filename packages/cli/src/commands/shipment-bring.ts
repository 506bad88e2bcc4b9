import { join } from 'node:path';
import { commit, reasonOf } from '../commit.ts';
import { Failure } from '../failure.ts';
import { row, type Call } from '../row.ts';
import { judged, readBytes, readTrust } from '../shipment-files.ts';

const project = '/orgs/:org/projects/:project';

interface Publish {
  readonly folder?: string;
  readonly file?: string;
  readonly line?: string;
}

/** No hosted flag changes what it serves by these: there is nothing to ask about. */
const unaffecting = { narrows: true } as const;

/** Bringing to the server what was signed elsewhere. */
export const shipmentBringRows = [
  row<{ file: string }, 'project'>({
    name: 'shipment publish <file>',
    about: 'Bring a shipment file that was signed by hand to the server: connected sites get it',
    more: 'The server takes it only if it holds the very payload that it issued, signed by a key of the line.',
    reach: 'project',
    writes: true,
    run: publishShipment,
  }),
  row<Publish, 'project'>({
    name: 'keys publish',
    about: 'Bring a key list to the server, as the offline root signed it: connected sites get it, and signers are judged by it',
    more: 'With --folder, the one that "taffrail keys init" made: trust.json and keys.json of it. With --file, a later list alone.',
    reach: 'project',
    writes: true,
    options: [
      { flags: '--folder <folder>', about: 'where trust.json and keys.json are' },
      { flags: '--file <file>', about: 'a signed key list' },
      { flags: '--line <line>', about: 'the series of releases (what trust.json says, or main)' },
    ],
    run: publishKeys,
  }),
];

async function publishShipment(call: Call<{ file: string }, 'project'>) {
  const { lookInto } = await import('@taffrail/shipment/signed');
  const { file } = call.input;
  const text = await readBytes(file);
  const { release, revision } = (await judged(file, () => lookInto(text))).shipment;
  const params = { ...call.at, release, revision: String(revision) };
  const body = { file: text, ...reasonOf(call.common) };
  return commit(call, `PUT ${project}/releases/:release/shipments/:revision/file`, { params, body }, unaffecting);
}

async function publishKeys(call: Call<Publish, 'project'>) {
  const { folder, file, line: typed } = call.input;
  if ((folder === undefined) === (file === undefined))
    throw new Failure('USAGE', 'Say what to bring: either --folder or --file.');
  const trust = folder === undefined ? undefined : await readTrust(join(folder, 'trust.json'));
  const text = await readBytes(file ?? join(folder ?? '', 'keys.json'));
  const params = { ...call.at, line: typed ?? trust?.line ?? 'main' };
  const body = { file: text, ...(trust && { trust }), ...reasonOf(call.common) };
  return commit(call, `PUT ${project}/lines/:line/keys`, { params, body }, unaffecting);
}
