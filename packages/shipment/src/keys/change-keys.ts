import type { KeyList } from '@taffrail/schema/shipment';

/** A key that begins to sign. */
export interface NewKey {
  readonly keyid: string;
  readonly publicKey: string;
}

/** The first list of a product. */
export const firstKeys = (product: string, key: NewKey, at: string): KeyList => ({
  product,
  version: 1,
  issuedAt: at,
  keys: [{ ...key, validFrom: at }],
});

/** A new key signs from a moment on, and all others sign nothing that is issued from then on. Throws if the name or the key was used. */
export function rotateKeys(list: KeyList, key: NewKey, at: string): KeyList {
  const taken = list.keys.find(({ keyid, publicKey }) => keyid === key.keyid || publicKey === key.publicKey);
  if (taken) throw new Error(`${taken.keyid} is on the list: a name, and a key, are used once`);
  const others = list.keys.map((one) => (one.validUntil === undefined ? { ...one, validUntil: at } : one));
  return next(list, [...others, { ...key, validFrom: at }], at);
}

/** A key signs nothing any more. Throws if it is not on the list, or was revoked. */
export function revokeKey(list: KeyList, keyid: string, at: string): KeyList {
  const key = list.keys.find((one) => one.keyid === keyid);
  if (!key || key.revokedAt !== undefined) throw new Error(key ? `${keyid} was revoked before` : `${keyid} is not on the list`);
  const keys = list.keys.map((one) => (one === key ? { ...one, revokedAt: at } : one));
  return next(list, keys, at);
}

const next = (list: KeyList, keys: KeyList['keys'], issuedAt: string): KeyList => ({
  ...list,
  version: list.version + 1,
  issuedAt,
  keys,
});
