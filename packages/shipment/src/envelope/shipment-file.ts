import { parseSnapshot } from '@taffrail/engine';
import { type KeyList, shipment as shape, type Shipment, type Trust } from '@taffrail/schema/shipment';
import { digestOf } from '../keys/key.ts';
import { keyFinder } from '../keys/key-list.ts';
import { encodeShipment } from '../release/encode.ts';
import { formatEnvelope, parseEnvelope, type Signature } from './envelope.ts';
import { payloadReader } from './payload.ts';
import { Refused } from './refused.ts';
import { seal, type Signer, unseal } from './seal.ts';

/** What a shipment file is signed as. */
const SHIPMENT_TYPE = 'application/vnd.taffrail.shipment.v1+json';

/** A shipment and who signed it. */
export interface ClaimedShipment {
  readonly shipment: Shipment;
  /** SHA-256 of the payload: what the next revision names as `prev`, and what an install acknowledges. */
  readonly digest: string;
  readonly keyids: readonly string[];
}

/** A shipment whose signatures were verified. */
export interface VerifiedShipment extends ClaimedShipment {
  readonly verified: true;
}

const shipmentIn = payloadReader(shape);

/** A shipment file: the same shipment and signers give the same bytes. */
export const sealShipment = (shipment: Shipment, signers: readonly Signer[]): string =>
  seal(SHIPMENT_TYPE, Buffer.from(encodeShipment(shipment)), signers);

/** Signs the text of a payload as a vendor's server wrote it, once it is clear that this is a shipment's. Throws `Refused`. */
export function sealPayload(text: string, signers: readonly Signer[]): string {
  const shipment = shipmentIn(Buffer.from(text)) as Shipment;
  refuseBroken(shipment);
  if (encodeShipment(shipment) === text) return sealShipment(shipment, signers);
  throw new Refused('BAD_PAYLOAD', 'this is not the text that the server wrote: fetch it again, and change nothing');
}

/** The signatures of a shipment file, none of them verified. Throws `Refused`. */
export const signaturesIn = (text: string): readonly Signature[] => parseEnvelope(text).signatures;

/** The shipment file whose payload and signatures were kept apart, byte for byte as it was. */
export const withSignatures = (payload: string, signatures: readonly Signature[]): string =>
  formatEnvelope({ payloadType: SHIPMENT_TYPE, payload: Buffer.from(payload).toString('base64'), signatures });

/** What a shipment file says of itself and who is said to have signed it, neither verified: for people who look. Throws `Refused`. */
export function lookInto(text: string): ClaimedShipment {
  const { payload, signatures } = parseEnvelope(text);
  const bytes = Buffer.from(payload, 'base64');
  const shipment = shipmentIn(bytes) as Shipment;
  refuseBroken(shipment);
  return { shipment, digest: digestOf(bytes), keyids: signatures.map(({ keyid }) => keyid) };
}

/**
 * Verifies a shipment file for a product and line, by the keys of a list. A key that was rotated out or revoked counts as known here:
 * what was taken while the key was good stays good. Throws `Refused`.
 */
export function openShipment(
  text: string,
  { keys }: KeyList,
  { product, line }: Pick<Trust, 'product' | 'line'>,
): VerifiedShipment {
  const { payload, keyids } = unseal(text, SHIPMENT_TYPE, keyFinder(keys));
  const shipment = shipmentIn(payload) as Shipment;
  refuseOthers(shipment, { product, line });
  refuseBroken(shipment);
  return { shipment, digest: digestOf(payload), keyids, verified: true };
}

/** Refuses a shipment none of whose signers may sign what is issued at its date. No clock is asked. */
export function refuseStaleSigners({ shipment: { issuedAt }, keyids }: VerifiedShipment, list: KeyList): void {
  const refused = stalenessOf(keyids, issuedAt, list);
  if (refused) throw refused;
}

/** Why none of some signers may sign what is issued at a date; undefined if one of them may. */
export function stalenessOf(keyids: readonly string[], issuedAt: string, { keys }: KeyList): Refused | undefined {
  const signers = keys.filter(({ keyid }) => keyids.includes(keyid));
  const unrevoked = signers.filter(({ revokedAt }) => revokedAt === undefined);
  const names = keyids.join(', ');
  if (unrevoked.length === 0)
    return new Refused('REVOKED_KEY', `${names} was revoked: ask for the shipment signed by another key`);
  const issuedMs = Date.parse(issuedAt);
  if (unrevoked.some(({ validUntil }) => validUntil === undefined || issuedMs < Date.parse(validUntil))) return undefined;
  return new Refused(
    'ROTATED_OUT_KEY',
    `${names} was rotated out before ${issuedAt}, when this was issued: it may no longer sign`,
  );
}

function refuseOthers(shipment: Shipment, { product, line }: Pick<Trust, 'product' | 'line'>): void {
  if (shipment.product !== product) {
    throw new Refused('OTHER_PRODUCT', `this is a shipment of ${shipment.product}, and the product here is ${product}`);
  }
  if (shipment.line !== line) {
    throw new Refused('OTHER_LINE', `this is a shipment of the line ${shipment.line}, and the line here is ${line}`);
  }
}

/** What the shape cannot say. */
function refuseBroken({ needs, revision, prev, release, snapshot: text }: Shipment): void {
  const [need] = needs;
  if (need !== undefined) throw new Refused('NOT_UNDERSTOOD', `it needs ${need}, which this version does not know: update first`);
  if ((prev === undefined) !== (revision === 1)) {
    throw new Refused('BAD_PAYLOAD', 'every revision but the first names the one before');
  }
  const { snapshot, error } = parseSnapshot(text);
  if (!snapshot) throw new Refused('BAD_PAYLOAD', error);
  const { origin } = snapshot.header;
  if ('release' in origin && origin.release === release && origin.revision === revision) return;
  throw new Refused('BAD_PAYLOAD', 'its snapshot is of another release or revision');
}
