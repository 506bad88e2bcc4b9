import type { KeyObject } from 'node:crypto';
import { keyList, type KeyList, type Trust } from '@taffrail/schema/shipment';
import { payloadReader } from '../envelope/payload.ts';
import { Refused } from '../envelope/refused.ts';
import { seal, type Signer, unseal } from '../envelope/seal.ts';
import { sortedJson } from '../release/sorted.ts';
import { digestOf, publicKeyOf } from './key.ts';

/** What a signed key list is signed as. */
export const KEYS_TYPE = 'application/vnd.taffrail.keys.v1+json';

/** A key list whose signature was verified, and the digest of its payload. */
export interface VerifiedKeys {
  readonly list: KeyList;
  readonly digest: string;
}

const listIn = payloadReader(keyList);

/** Signs a key list with the offline root. */
export const sealKeys = (list: KeyList, root: Signer): string => seal(KEYS_TYPE, Buffer.from(sortedJson(list)), [root]);

/** Reads a key list that one of the roots signed for this product. Throws `Refused`. */
export function openKeys(text: string, { product, roots }: Pick<Trust, 'product' | 'roots'>): VerifiedKeys {
  const { payload } = unsealByRoot(text, roots);
  const list = listIn(payload) as KeyList;
  if (list.product !== product) {
    throw new Refused('OTHER_PRODUCT', `this is a key list of ${list.product}, and the product here is ${product}`);
  }
  if (new Set(list.keys.map(({ keyid }) => keyid)).size < list.keys.length) {
    throw new Refused('BAD_PAYLOAD', 'two keys of the list have one name');
  }
  return { list, digest: digestOf(payload) };
}

function unsealByRoot(text: string, roots: Trust['roots']): { readonly payload: Buffer } {
  try {
    return unseal(text, KEYS_TYPE, keyFinder(roots));
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'UNKNOWN_KEY') throw error;
    throw new Refused('WRONG_ROOT', 'the key list is signed by a root that the product here does not trust');
  }
}

/** Finds a public key by its name. */
export function keyFinder(
  keys: readonly { readonly keyid: string; readonly publicKey: string }[],
): (keyid: string) => KeyObject | undefined {
  const byId = new Map(keys.map(({ keyid, publicKey }) => [keyid, publicKey]));
  return (keyid) => {
    const publicKey = byId.get(keyid);
    return publicKey === undefined ? undefined : publicKeyOf(publicKey);
  };
}
