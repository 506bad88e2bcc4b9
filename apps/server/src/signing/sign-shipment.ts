import { isDeepStrictEqual } from 'node:util';
import type { Change, Release, ShipmentDocument } from '@taffrail/schema';
import {
  openShipment,
  Refused,
  refuseStaleSigners,
  signaturesIn,
  type KeyList,
  type VerifiedShipment,
} from '@taffrail/shipment/signed';
import { fail } from '../changes/app-error.ts';
import { command, type InputOf, type Occasion, type Outcome, type State } from '../changes/command.ts';
import type { Line, ShipmentSignatures } from '../changes/document.ts';
import { refuseMistakes } from '../changes/mistakes.ts';
import { releaseOf, shipmentKey } from '../releases/find.ts';
import { issuedShipment, keysIn, lineAt, signaturesAt, signaturesOf } from './find.ts';
import { judged } from './judged.ts';

type Input = InputOf<'PUT /orgs/:org/projects/:project/releases/:release/shipments/:revision/file'>;

/**
 * Takes the signed file of a shipment from who has the key: the very payload that was issued, with signatures that every site would
 * take. Only those are kept, for the payload is there. Bringing the same file again changes nothing.
 */
export const signShipment = command({
  name: 'shipment.sign',
  version: 1,
  permission: 'shipment.sign',
  apply(state: State, { release: version, revision: number, file }: Input, { now, actor }: Occasion): Outcome {
    const { body: release } = releaseOf(state, version);
    const shipment = issuedShipment(state, version, Number(number));
    refuseForgery(file, shipment, lineOf(state, release));
    const signatures = [...signaturesIn(file)];
    const before = signaturesAt(state, shipment);
    if (isDeepStrictEqual(before?.signatures, signatures)) return { write: [], changes: [] };
    if (signaturesOf(state, shipment) !== undefined) refuseOlder(before, signatures, lineOf(state, release));
    const { revision } = shipment;
    const body: ShipmentSignatures = { release: version, revision, signatures, at: now.toISOString(), by: actor.name };
    return { write: [{ sort: 'signature', key: shipmentKey(version, revision), body }], changes: [signing(release, body)] };
  },
});

function lineOf(state: State, { line }: Release): Line {
  const message = `cannot be verified: the line ${line} has no key list yet. Publish it first ("taffrail keys publish")`;
  return lineAt(state, line) ?? refuseMistakes([{ at: '/body/file', message }]);
}

function refuseForgery(file: string, { release, revision, digest }: ShipmentDocument, line: Line): void {
  const { list } = keysIn(line);
  const verified = judged(() => {
    const shipment = openedBy(list, file, line.trust);
    refuseStaleSigners(shipment, list);
    return shipment;
  });
  if (verified.digest === digest) return;
  const { shipment: held } = verified;
  const message = `holds ${held.release} r${held.revision}, ${verified.digest}; ${release} r${revision} was issued as ${digest}: sign that`;
  refuseMistakes([{ at: '/body/file', message }]);
}

/** Sites import the newest key list; the vendor is who publishes it. */
function openedBy(list: KeyList, file: string, trust: Line['trust']): VerifiedShipment {
  try {
    return openShipment(file, list, trust);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'UNKNOWN_KEY') throw error;
    const unknown = signaturesIn(file).filter(({ keyid }) => !list.keys.some((key) => key.keyid === keyid));
    const publish = 'publish the list that has it ("taffrail keys publish")';
    throw new Refused('UNKNOWN_KEY', `key list ${list.version} of the line has no key ${namesOf(unknown)}: ${publish}`);
  }
}

type Signatures = ShipmentSignatures['signatures'];

/** A key that began later may sign anew what another has signed; the other way round there is nothing to gain. */
function refuseOlder(before: ShipmentSignatures | undefined, after: Signatures, line: Line): void {
  const { keys } = keysIn(line).list;
  const since = (signatures: Signatures): number =>
    Math.max(
      ...keys.filter(({ keyid }) => signatures.some((one) => one.keyid === keyid)).map((key) => Date.parse(key.validFrom)),
    );
  if (before === undefined || since(after) > since(before.signatures)) return;
  const signed = `${before.release} r${before.revision} is signed by ${namesOf(before.signatures)}`;
  fail('CONFLICT', `${signed}, and ${namesOf(after)} is no newer key: there is nothing to sign.`);
}

const namesOf = (signatures: Signatures): string => signatures.map(({ keyid }) => keyid).join(' and ');

function signing({ key, environment }: Release, { revision, signatures }: ShipmentSignatures): Change {
  const summary = `r${revision} signed by ${namesOf(signatures)}`;
  return { kind: 'shipment.signed', environment, sort: 'signature', key, summary };
}
