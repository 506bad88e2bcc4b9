import type { ShipmentDocument } from '@taffrail/schema';
import { openKeys, stalenessOf, type VerifiedKeys, withSignatures } from '@taffrail/shipment/signed';
import { fail } from '../changes/app-error.ts';
import type { State } from '../changes/command.ts';
import type { Line, ShipmentSignatures } from '../changes/document.ts';
import { lastShipment, shipmentAt, shipmentKey, shipmentsOf } from '../releases/find.ts';

/** A line's key list, as sites get it. */
export interface PublishedKeys {
  readonly version: number;
  /** The signed list, byte for byte. */
  readonly file: string;
}

/** The newest shipment of a release that sites may take. */
export interface SignedShipment {
  readonly revision: number;
  /** Of the payload. */
  readonly digest: string;
  /** The signed shipment, byte for byte. */
  readonly file: string;
}

/** What is known of a line; undefined until somebody publishes its key list. */
export function lineAt(state: State, line: string): Line | undefined {
  return state.get('line', line)?.body;
}

/** A line's key list; undefined until somebody publishes one. */
export function keyListOf(state: State, line: string): PublishedKeys | undefined {
  const found = lineAt(state, line);
  return found && { version: keysIn(found).list.version, file: found.keys };
}

const opened = new WeakMap<Line, VerifiedKeys>();

/** The key list of a line. It was verified when it was published, and a document never changes: it is opened once. */
export function keysIn(line: Line): VerifiedKeys {
  const keys = opened.get(line) ?? openKeys(line.keys, line.trust);
  opened.set(line, keys);
  return keys;
}

/** A revision of a release's shipment; refuses one that there is not. */
export function issuedShipment(state: State, release: string, revision: number): ShipmentDocument {
  const last = lastShipment(state, release).revision;
  const sentence = `Release ${release} has no shipment r${revision}: its last one is r${last}.`;
  return shipmentAt(state, release, revision) ?? fail('NOT_FOUND', sentence);
}

/** Who signed a shipment, whether sites take that still or not. */
export function signaturesAt(state: State, { release, revision }: Named): ShipmentSignatures | undefined {
  return state.get('signature', shipmentKey(release, revision))?.body;
}

type Named = Pick<ShipmentDocument, 'release' | 'revision'>;

/** Who signed a shipment so that sites take it; undefined: nobody yet, or with keys that are good no more. */
export function signaturesOf(state: State, shipment: Named & Pick<ShipmentDocument, 'issuedAt'>): ShipmentSignatures | undefined {
  const signed = signaturesAt(state, shipment);
  const release = state.get('release', shipment.release)?.body;
  const line = release && lineAt(state, release.line);
  if (signed === undefined || line === undefined) return undefined;
  const { list } = keysIn(line);
  const keyids = signed.signatures.map(({ keyid }) => keyid);
  const areKnown = keyids.every((keyid) => list.keys.some((key) => key.keyid === keyid));
  return areKnown && stalenessOf(keyids, shipment.issuedAt, list) === undefined ? signed : undefined;
}

/** The signed file of a revision of a release, byte for byte as its signer wrote it; undefined where no signature is good. */
export function signedFileOf(state: State, release: string, revision: number): string | undefined {
  const shipment = shipmentAt(state, release, revision);
  const signed = shipment && signaturesOf(state, shipment);
  return signed && withSignatures(shipment.payload, signed.signatures);
}

/** The newest shipment of a release that sites may take; undefined if there is none. */
export function newestSigned(state: State, release: string): SignedShipment | undefined {
  const newest = shipmentsOf(state, release)
    .filter((shipment) => signaturesOf(state, shipment) !== undefined)
    .at(-1);
  const file = newest && signedFileOf(state, release, newest.revision);
  if (newest === undefined || file === undefined) return undefined;
  return { revision: newest.revision, digest: newest.digest, file };
}
