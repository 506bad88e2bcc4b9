import { Buffer } from 'node:buffer';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { encodeShipment } from '../release/encode.ts';
import { fileOf, publicOf, r1, r2, signer, vendorOf } from '../signed.test-kit.ts';
import { cutOf, on } from '../release.test-kit.ts';
import { rotateKeys } from '../keys/change-keys.ts';
import { digestOf } from '../keys/key.ts';
import { keyFinder } from '../keys/key-list.ts';
import { Refused } from './refused.ts';
import { seal, unseal } from './seal.ts';
import { openShipment, signaturesIn, withSignatures } from './shipment-file.ts';

const { key, list, trust } = vendorOf();
const second = signer('vendor-2027');
const both = rotateKeys(list, publicOf(second), '2027-06-01T00:00:00Z');

/** Why a file is refused; undefined: it is taken. */
function refusalOf(text: string, keys = list): string | undefined {
  try {
    openShipment(text, keys, trust);
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
}

describe('a shipment file', () => {
  it('gives back what was signed, and by whom', () => {
    expect(openShipment(fileOf(r2, key), list, trust)).toEqual({
      shipment: r2,
      digest: digestOf(Buffer.from(encodeShipment(r2))),
      keyids: ['vendor-2026'],
      verified: true,
    });
  });

  it('is the same again when its payload and its signatures were kept apart', () => {
    const file = fileOf(r2, key, second);
    expect(withSignatures(encodeShipment(r2), signaturesIn(file))).toBe(file);
  });

  it('has the same bytes when it is cut and signed again', () => {
    expect(fileOf(structuredClone(r2), key)).toBe(fileOf(r2, key));
  });

  it('may be signed by several keys, all of which count', () => {
    const text = fileOf(r1, key, second);
    expect(openShipment(text, both, trust).keyids).toEqual(['vendor-2026', 'vendor-2027']);
    expect(refusalOf(text)).toBe('UNKNOWN_KEY');
  });

  it.each([
    ['one signature', fileOf(cutOf([on('avatars')]), key)],
    ['two signatures', fileOf(cutOf([on('avatars')]), key, second)],
  ])('is refused with any single bit changed, with %s', { timeout: 60_000 }, (_, text) => {
    const bytes = Buffer.from(text, 'latin1');
    const taken: number[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (refusalOf(bytes.toString('latin1'), both) === undefined) taken.push(bit);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    }
    expect(refusalOf(bytes.toString('latin1'), both)).toBeUndefined();
    expect(taken).toEqual([]);
  });

  const good = fileOf(r1, key);
  const envelope = JSON.parse(good) as { signatures: object[] };
  const said = (parts: object): string => `${JSON.stringify({ ...envelope, ...parts })}\n`;
  it.each([
    ['nothing', '', 'NOT_AN_ENVELOPE'],
    ['no object', 'null\n', 'NOT_AN_ENVELOPE'],
    ['nesting without end', '['.repeat(100_000), 'NOT_AN_ENVELOPE'],
    ['half of it', good.slice(0, good.length / 2), 'NOT_AN_ENVELOPE'],
    ['other white space', JSON.stringify(envelope, undefined, 1), 'NOT_AN_ENVELOPE'],
    ['no end of line', good.trimEnd(), 'NOT_AN_ENVELOPE'],
    ['the end of line of another system', good.replace('\n', '\r\n'), 'NOT_AN_ENVELOPE'],
    ['a mark of byte order', `\uFEFF${good}`, 'NOT_AN_ENVELOPE'],
    ['an escaped character', good.replace('"payload"', String.raw`"\u0070ayload"`), 'NOT_AN_ENVELOPE'],
    ['a member twice', good.replace('{', '{"payloadType":"x",'), 'NOT_AN_ENVELOPE'],
    ['a member more', said({ more: 1 }), 'NOT_AN_ENVELOPE'],
    ['a member of prototypes', good.replace('{', '{"__proto__":{},'), 'NOT_AN_ENVELOPE'],
    ['loose base64', good.replace(/"payload":"(.)/, '"payload":" $1'), 'NOT_AN_ENVELOPE'],
    ['no signature', said({ signatures: [] }), 'NOT_AN_ENVELOPE'],
    ['many signatures', said({ signatures: Array.from({ length: 9 }, () => envelope.signatures[0]) }), 'NOT_AN_ENVELOPE'],
    ['a short signature', said({ signatures: [{ keyid: 'vendor-2026', sig: 'AAAA' }] }), 'NOT_AN_ENVELOPE'],
    ['a signature of nothing but zeros', said({ signatures: [{ keyid: 'vendor-2026', sig: Buffer.alloc(64).toString('base64') }] }), 'BAD_SIGNATURE'], // prettier-ignore
    ['more bytes than any', ' '.repeat(67_108_865), 'TOO_LARGE'],
  ])('is refused with %s', (_, text, code) => {
    expect(refusalOf(text)).toBe(code);
  });
});

const signed = (payload: string | Uint8Array): string =>
  seal('application/vnd.taffrail.shipment.v1+json', Buffer.from(payload as string), [key]);

describe('what was signed by the right key', () => {
  const said = (parts: object): string => signed(JSON.stringify({ ...r2, ...parts }));
  it.each([
    ['is not JSON', signed('{'), 'BAD_PAYLOAD'],
    ['is not UTF-8', signed(new Uint8Array([0x22, 0xff, 0x22])), 'BAD_PAYLOAD'],
    ['lacks a field', said({ backOuts: undefined }), 'BAD_PAYLOAD'],
    ['counts beyond what may be', said({ revision: 2 ** 53 }), 'BAD_PAYLOAD'],
    ['has a release that would be a path', said({ release: '../8.4.0' }), 'BAD_PAYLOAD'],
    ['names none before it', said({ prev: undefined }), 'BAD_PAYLOAD'],
    ['has lines of another revision', said({ snapshot: r1.snapshot }), 'BAD_PAYLOAD'],
    ['has damaged lines', said({ snapshot: r2.snapshot.replace('avatars', 'avatarz') }), 'BAD_PAYLOAD'],
    ['needs what nobody knows yet', said({ needs: ['lunar-phases'] }), 'NOT_UNDERSTOOD'],
  ])('is refused if it %s', (_, text, code) => {
    expect(refusalOf(text)).toBe(code);
  });

  it('is quoted on one line and in short, so that it forges no log and steers no terminal', () => {
    const hostile = `text\n✓ taken\u001b[2J\u009b31m${'x'.repeat(1_000_000)}`;
    const quote = () => openShipment(seal(hostile, Buffer.from('x'), [key]), list, trust);
    expect(quote).toThrow(/^this is signed as text\\u000a✓ taken\\u001b\[2J\\u009b31mx{900,1000}$/);
  });

  it('may say more than is known here', () => {
    expect(refusalOf(said({ mood: 'good' }))).toBeUndefined();
  });
});

test('an envelope gives back exactly the bytes that were signed, and only under their type', () => {
  const keyOf = keyFinder([publicOf(key)]);
  fc.assert(
    fc.property(
      fc.uint8Array(),
      fc.stringMatching(/^[a-z/+]{1,20}$/),
      fc.stringMatching(/^[a-z/+]{1,20}$/),
      (bytes, type, other) => {
        const text = seal(type, bytes, [key]);
        expect(new Uint8Array(unseal(text, type, keyOf).payload)).toEqual(bytes);
        if (other === type) return;
        expect(() => unseal(text, other, keyOf)).toThrow(expect.objectContaining({ code: 'WRONG_TYPE' }));
        expect(() => unseal(text.replace(`"${type}"`, `"${other}"`), other, keyOf)).toThrow(
          expect.objectContaining({ code: 'BAD_SIGNATURE' }),
        );
      },
    ),
  );
});
