import * as fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { anyText } from './documents.test-kit.ts';
import { murmur3 } from './murmur3.ts';

const FULL = 2 ** 32;
const hash = (text: string, seed = 0): number => murmur3('', seed, FULL)(text);

// Vectors of the reference implementation (SMHasher, MurmurHash3_x86_32).
it.each([
  ['', 0, 0],
  ['', 1, 0x514e28b7],
  ['', 0xffffffff, 0x81f16f39],
  ['a', 0x9747b28c, 0x7fa09ea6],
  ['aa', 0x9747b28c, 0x5d211726],
  ['aaa', 0x9747b28c, 0x283e0130],
  ['aaaa', 0x9747b28c, 0x5a97808a],
  ['abc', 0, 0xb3dd93fa],
  ['abcd', 0x9747b28c, 0xf0478627],
  ['Hello, world!', 0x9747b28c, 0x24884cba],
  ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
  ['ππππππππ', 0x9747b28c, 0xd58063c1],
])('hashes %j with seed %i as the reference does', (text, seed, expected) => {
  expect(hash(text, seed)).toBe(expected);
});

const scramble = (word: number): number => {
  const product = Math.imul(word, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
};

/** The algorithm written down once more, byte by byte. */
function reference(bytes: Uint8Array, seed: number): number {
  let h = seed;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    h ^= scramble(view.getUint32(at, true));
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
  let rest = 0;
  for (let place = 0; at + place < bytes.length; place++) rest |= view.getUint8(at + place) << (8 * place);
  h ^= scramble(rest) ^ bytes.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const utf8 = (value: string): Uint8Array => new TextEncoder().encode(value);

test('a prefix that is taken in once changes nothing, whatever its alignment', () => {
  fc.assert(
    fc.property(anyText, anyText, fc.nat(0xffffffff), (prefix, rest, seed) => {
      expect(murmur3(prefix, seed, FULL)(rest)).toBe(reference(utf8(prefix + rest), seed));
    }),
  );
});

test('lone surrogates count as U+FFFD', () => {
  expect(hash('\ud800')).toBe(hash('\ufffd'));
  expect(hash('a\udfffb')).toBe(hash('a\ufffdb'));
});

test('hashing the same text again gives the same', () => {
  const again = murmur3('salt.user.', 0, FULL);
  expect([again('é1'), again('u1'), again('é1'), again('u1')]).toEqual([again('é1'), again('u1'), again('é1'), again('u1')]);
});

test('the range is divided into equal places', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 100_000 }), (value, places) => {
      expect(murmur3('', 0, places)(value)).toBe(Math.floor((hash(value) * places) / FULL));
    }),
  );
});
