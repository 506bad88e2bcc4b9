import {
  firstKeys,
  type KeyList,
  newKey,
  privateKeyIn,
  publicHalf,
  sealKeys,
  sealPayload,
  type Signer,
  type Trust,
} from '@taffrail/shipment/signed';
import type { TestProject } from '../changes/project.test-kit.ts';
import { shipmentAt } from '../releases/find.ts';
import { publishKeys } from './publish-keys.ts';
import { signShipment } from './sign-shipment.ts';

export const signer = (keyid: string): Signer => ({ keyid, privateKey: privateKeyIn(newKey()) });
export const publicOf = ({ keyid, privateKey }: Signer) => ({ keyid, publicKey: publicHalf(privateKey) });

/** Who holds the keys of a product's line. */
export interface Vendor {
  readonly root: Signer;
  readonly key: Signer;
  readonly trust: Trust;
  /** Its first key list. */
  readonly list: KeyList;
}

export function vendorOf(product = 'shop', line = 'main'): Vendor {
  const [root, key] = [signer('root'), signer('vendor-1')];
  const trust = { product, line, roots: [publicOf(root)] };
  return { root, key, trust, list: firstKeys(product, publicOf(key), '2026-01-01T00:00:00Z') };
}

/** Publishes a key list of a vendor, the first one with whom to trust. */
export const publish = (project: TestProject, { root, trust }: Vendor, list: KeyList, fields: object = {}) =>
  project.commit(publishKeys, { line: 'main', file: sealKeys(list, root), ...(list.version === 1 && { trust }), ...fields });

/** The signed file of a shipment that was issued. */
export function fileOf(project: TestProject, release: string, revision: number, ...signers: readonly Signer[]): string {
  return sealPayload(shipmentAt(project.state(), release, revision)?.payload ?? '', signers);
}

export const bring = (project: TestProject, release: string, revision: number, file: string) =>
  project.commit(signShipment, { release, revision: String(revision), file });
