import * as fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { anyText } from './documents.test-kit.ts';
import { addDigest, checksumOf, digestOf, subDigest } from './digest.ts';
import { murmur3 } from './murmur3.ts';

// Pinned: snapshots on disk and in the field carry these.
it.each([
  ['', '0000000092ca2f0e'],
  ['{"key":"a"}', '9bd1e9ec812ea728'],
  ['{"key":"é"}', '7917008ebae371fd'],
])('digests %j', (text, expected) => {
  expect(digestOf(text)).toBe(expected);
});

const hex32 = (word: number): string => word.toString(16).padStart(8, '0');

test('is murmur3 with two seeds over the UTF-8 bytes', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(digestOf(text)).toBe(hex32(murmur3('', 0, 2 ** 32)(text)) + hex32(murmur3('', 0x9e3779b9, 2 ** 32)(text)));
    }),
  );
});

const digest = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits) => bits.toString(16).padStart(16, '0'));
const mod64 = (sum: bigint): string => BigInt.asUintN(64, sum).toString(16).padStart(16, '0');

test('a checksum is the sum of the digests mod 2⁶⁴', () => {
  fc.assert(
    fc.property(fc.array(digest), (digests) => {
      const sum = digests.reduce((total, hex) => total + BigInt(`0x${hex}`), 0n);
      expect(checksumOf(digests.map((hex) => ({ digest: hex })))).toBe(mod64(sum));
    }),
  );
});

test('adding and taking away a digest are sums mod 2⁶⁴', () => {
  fc.assert(
    fc.property(digest, digest, (checksum, other) => {
      const [a, b] = [BigInt(`0x${checksum}`), BigInt(`0x${other}`)];
      expect(addDigest(checksum, other)).toBe(mod64(a + b));
      expect(subDigest(checksum, other)).toBe(mod64(a - b));
    }),
  );
});
