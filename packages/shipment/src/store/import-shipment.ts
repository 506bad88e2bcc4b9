import type { KeyList } from '@taffrail/schema/shipment';
import { Refused } from '../envelope/refused.ts';
import { openShipment, refuseStaleSigners, type VerifiedShipment } from '../envelope/shipment-file.ts';
import { prune, writeNumber } from './numbered.ts';
import { advanced, higher, type Notch, notchOf, notchOfShipment, type Ratchet, readRatchet, writeRatchet } from './ratchet.ts';
import { shipmentsOf, type SiteStore, witnessesOf } from './site.ts';
import { keysInForce, type Stored, storedShipments } from './stored.ts';

/** Takes a shipment: one that goes on where the last one of its release ended, or any one if an administrator says so. */
export async function importShipment(
  store: SiteStore,
  text: string,
  allowDowngrade: boolean,
): Promise<{ shipment: VerifiedShipment; isNew: boolean }> {
  const ratchet = await readRatchet(witnessesOf(store));
  const list = await keysInForce(store, ratchet);
  const shipment = openShipment(text, list, store.trust);
  refuseStaleSigners(shipment, list);
  const { release, revision } = shipment.shipment;
  const stored = await storedShipments(store, release, list);
  const floor = floorOf(release, stored, ratchet, list);
  if (!allowDowngrade) refuseLower(shipment, floor);
  await writeNumber(shipmentsOf(store, release), revision, text);
  await writeRatchet(witnessesOf(store), advanced(ratchet, shipment, allowDowngrade));
  // Last of all: until the ratchet is written, what is above a downgrade counts.
  await prune(shipmentsOf(store, release), wanted(revision, stored, allowDowngrade), Date.now());
  return { shipment, isNew: floor?.digest !== shipment.digest };
}

/** The highest revision that was taken, by what is remembered and by what is there. */
function floorOf(release: string, stored: readonly Stored[], ratchet: Ratchet, list: KeyList): Notch | undefined {
  const trusted = stored.filter(({ isTrusted }) => isTrusted);
  return trusted
    .map(({ verified }) => notchOfShipment(verified))
    .reduce<Notch | undefined>(higher, notchOf(ratchet, release, list));
}

/** What another process may have taken meanwhile is higher, and stays. */
function wanted(revision: number, stored: readonly Stored[], allowDowngrade: boolean): (number: number) => boolean {
  const untrusted = stored.flatMap(({ isTrusted, verified }) => (isTrusted ? [] : [verified.shipment.revision]));
  return (number) => number === revision || (number > revision && !allowDowngrade && !untrusted.includes(number));
}

const DOWNGRADE = '. If you are sure, type --allow-downgrade';

function refuseLower({ shipment, digest }: VerifiedShipment, floor: Notch | undefined): void {
  if (!floor || floor.digest === digest) return;
  const { release, revision, issuedAt, prev } = shipment;
  const here = `revision ${floor.number} of ${release} was in force here`;
  if (revision < floor.number) throw new Refused('OLDER_REVISION', `this is revision ${revision}, and ${here}${DOWNGRADE}`);
  if (revision === floor.number || (revision === floor.number + 1 && prev !== floor.digest)) {
    throw new Refused('OTHER_HISTORY', `this is revision ${revision} of another history: another ${here}${DOWNGRADE}`);
  }
  if (Date.parse(issuedAt) >= Date.parse(floor.issuedAt)) return;
  throw new Refused('BACKDATED', `this was issued at ${issuedAt}, before what it would replace: ${here}${DOWNGRADE}`);
}
