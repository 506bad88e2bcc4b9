import type { KeyList, Shipment, Trust } from '@taffrail/schema/shipment';
import { sealShipment } from './envelope/shipment-file.ts';
import type { Signer } from './envelope/seal.ts';
import { firstKeys, type NewKey } from './keys/change-keys.ts';
import { digestOf, newKey, privateKeyIn, publicHalf } from './keys/key.ts';
import { encodeShipment } from './release/encode.ts';
import { revise } from './release/revise.ts';
import { as, backOutOf, cutOf, on } from './release.test-kit.ts';

export const LONG_AGO = '2020-01-01T00:00:00Z';

/** A new key pair. */
export const signer = (keyid: string): Signer => ({ keyid, privateKey: privateKeyIn(newKey()) });
export const publicOf = ({ keyid, privateKey }: Signer): NewKey => ({ keyid, publicKey: publicHalf(privateKey) });

/** A vendor: its root, the key it signs with, and what it tells sites to trust. */
export function vendorOf(product = 'acme') {
  const [root, key] = [signer('root'), signer('vendor-2026')];
  const trust: Trust = { product, line: 'main', roots: [publicOf(root)] };
  const list: KeyList = firstKeys(product, publicOf(key), LONG_AGO);
  return { root, key, trust, list };
}

/** Release 8.4.0: `avatars` and `stream` are on, `beta` is dark. */
export const r1 = cutOf([on('avatars'), on('stream'), as('dark', 'beta')]);

/** The next revision, in which `stream` is backed out, or what is said. */
export function after(shipment: Shipment, parts: Parameters<typeof revise>[1] | object = {}): Shipment {
  const prev = digestOf(Buffer.from(encodeShipment(shipment)));
  const backOuts = [backOutOf(`BO-${shipment.revision + 16}`, ['stream'])];
  const revised = revise(shipment, { issuedAt: '2026-12-18T09:00:00Z', prev, backOuts, ...parts });
  if (!revised) throw new Error('nothing changed');
  return revised;
}

export const r2 = after(r1);
export const r3 = after(r2);

/** The file of a shipment, signed by some keys. */
export const fileOf = (shipment: Shipment, ...signers: readonly Signer[]): string => sealShipment(shipment, signers);
