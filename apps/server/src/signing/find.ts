import type { ShipmentDocument } from '@taffrail/schema';
import { openKeys, type KeyList, withSignatures } from '@taffrail/shipment/signed';
import type { State } from '../changes/command.ts';
import type { Line, ShipmentSignatures } from '../changes/document.ts';
import { shipmentAt, shipmentKey, shipmentsOf } from '../releases/find.ts';

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
  return found && { version: keysIn(found).version, file: found.keys };
}

const opened = new WeakMap<Line, KeyList>();

/** What the key list of a line says. It was verified when it was published, and a document never changes. */
export function keysIn(line: Line): KeyList {
  const list = opened.get(line) ?? openKeys(line.keys, line.trust).list;
  opened.set(line, list);
  return list;
}

/** Who signed a shipment; undefined: nobody yet. */
export function signaturesOf(state: State, { release, revision }: Shipment): ShipmentSignatures | undefined {
  return state.get('signature', shipmentKey(release, revision))?.body;
}

type Shipment = Pick<ShipmentDocument, 'release' | 'revision'>;

/** The signed file of a revision of a release, byte for byte as its signer wrote it; undefined where nobody has signed it. */
export function signedFileOf(state: State, release: string, revision: number): string | undefined {
  const shipment = shipmentAt(state, release, revision);
  const signed = shipment && signaturesOf(state, shipment);
  return signed && withSignatures(shipment.payload, signed.signatures);
}

/** The newest shipment of a release that somebody has signed; undefined if there is none. */
export function newestSigned(state: State, release: string): SignedShipment | undefined {
  const newest = shipmentsOf(state, release)
    .filter((shipment) => signaturesOf(state, shipment) !== undefined)
    .at(-1);
  const file = newest && signedFileOf(state, release, newest.revision);
  return file === undefined ? undefined : { revision: newest.revision, digest: newest.digest, file };
}
