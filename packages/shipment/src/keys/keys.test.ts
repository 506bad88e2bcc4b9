import { describe, expect, it } from 'vitest';
import { fileOf, LONG_AGO, publicOf, r1, r2, signer, vendorOf } from '../signed.test-kit.ts';
import { openShipment, refuseStaleSigners } from '../envelope/shipment-file.ts';
import { seal } from '../envelope/seal.ts';
import { revokeKey, rotateKeys } from './change-keys.ts';
import { fingerprint, newKey, privateKeyIn, publicHalf } from './key.ts';
import { openKeys, sealKeys } from './key-list.ts';

const { root, key, list, trust } = vendorOf();
const next = signer('vendor-2027');
const refusal = (code: string) => expect.objectContaining({ code });
const stale = (text: string, keys = list) => refuseStaleSigners(openShipment(text, keys, trust), keys);

describe('a key list', () => {
  it('is what the root signed', () => {
    expect(openKeys(sealKeys(list, root), trust).list).toEqual(list);
  });

  it.each([
    ['a root that is not trusted', sealKeys(list, signer('other')), 'WRONG_ROOT'],
    ['a root of the same name', sealKeys(list, signer('root')), 'BAD_SIGNATURE'],
    ['a key of the list itself', sealKeys(list, key), 'WRONG_ROOT'],
    ['the root, for another product', sealKeys({ ...list, product: 'other' }, root), 'OTHER_PRODUCT'],
    ['the root, with one name for two keys', sealKeys({ ...list, keys: [...list.keys, ...list.keys] }, root), 'BAD_PAYLOAD'],
    ['the root, with a key that is none', sealKeys({ ...list, keys: [{ ...publicOf(key), publicKey: 'AAAA', validFrom: LONG_AGO }] }, root), 'BAD_PAYLOAD'], // prettier-ignore
    ['the root, as something else', seal('application/json', Buffer.from('{}'), [root]), 'WRONG_TYPE'],
  ])('is refused if it is signed by %s', (_, text, code) => {
    expect(() => openKeys(text, trust)).toThrow(refusal(code));
  });

  it('is no shipment, and a shipment is no key list', () => {
    expect(() => openShipment(sealKeys(list, root), list, trust)).toThrow(refusal('WRONG_TYPE'));
    expect(() => openKeys(fileOf(r1, key), trust)).toThrow(refusal('WRONG_TYPE'));
  });
});

describe('rotation', () => {
  const rotated = rotateKeys(list, publicOf(next), '2026-12-10T00:00:00Z');

  it('raises the version and ends the other keys', () => {
    expect(rotated).toMatchObject({
      version: 2,
      keys: [
        { keyid: 'vendor-2026', validUntil: '2026-12-10T00:00:00Z' },
        { keyid: 'vendor-2027', validFrom: '2026-12-10T00:00:00Z' },
      ],
    });
  });

  it('leaves the old key what was issued before, and the new one everything', () => {
    expect(() => stale(fileOf(r1, key), rotated)).not.toThrow();
    expect(() => stale(fileOf(r2, key), rotated)).toThrow(refusal('ROTATED_OUT_KEY'));
    for (const shipment of [r1, r2]) expect(() => stale(fileOf(shipment, next), rotated)).not.toThrow();
  });

  it('takes no name and no key twice', () => {
    expect(() => rotateKeys(list, publicOf({ ...next, keyid: 'vendor-2026' }), LONG_AGO)).toThrow('used once');
    expect(() => rotateKeys(list, { ...publicOf(key), keyid: 'vendor-2028' }, LONG_AGO)).toThrow('used once');
  });
});

describe('revocation', () => {
  const revoked = revokeKey(rotateKeys(list, publicOf(next), '2026-12-10T00:00:00Z'), 'vendor-2026', '2026-12-20T00:00:00Z');

  it('refuses all that the key signs, whatever date it bears', () => {
    expect(() => stale(fileOf(r1, key), revoked)).toThrow(refusal('REVOKED_KEY'));
    expect(() => stale(fileOf({ ...r1, issuedAt: LONG_AGO }, key), revoked)).toThrow(refusal('REVOKED_KEY'));
    expect(() => stale(fileOf(r1, key, next), revoked)).not.toThrow();
  });

  it('is of a key that is on the list, and once', () => {
    expect(() => revokeKey(list, 'vendor-1999', LONG_AGO)).toThrow('not on the list');
    expect(() => revokeKey(revoked, 'vendor-2026', LONG_AGO)).toThrow('revoked before');
  });
});

describe('a key', () => {
  it('is kept as PEM, and known by its 32 bytes', () => {
    const pem = newKey();
    expect(publicHalf(privateKeyIn(pem))).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(() => privateKeyIn(pem.replace('PRIVATE', 'PUBLIC'))).toThrow(refusal('BAD_PAYLOAD'));
    expect(() => privateKeyIn('')).toThrow(refusal('BAD_PAYLOAD'));
  });

  it('has a fingerprint of eight groups of digits to read over the phone', () => {
    expect(fingerprint(Buffer.from('acme'))).toBe('8417 9260 4964 9698 9715 7572 0661 1799');
    expect(fingerprint(Buffer.from('acmf'))).not.toBe(fingerprint(Buffer.from('acme')));
  });
});
