import { utf8 } from './utf8.ts';

/** The first 32 bits of the fractional part of a root of each of the first 64 primes, as FIPS 180-4 makes its constants. */
function fractionsOfRoots(exponent: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < 64; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes.map((prime) => (prime ** exponent * 2 ** 32) | 0);
}

/** SHA-256 of the UTF-8 bytes of a text, as eight 32-bit words. */
export function sha256(text: string): number[] {
  const constants = fractionsOfRoots(1 / 3);
  const message = padded(utf8(text));
  let state = fractionsOfRoots(1 / 2).slice(0, 8);
  for (let at = 0; at < message.length; at += 16) state = afterBlock(state, message.slice(at, at + 16), constants);
  return state;
}

/** The message as big-endian words, ended by a single bit and its length in bits. */
function padded(bytes: DataView): number[] {
  const length = bytes.byteLength;
  const words = Array.from({ length: (((length + 8) >> 6) + 1) << 4 }, () => 0);
  for (let at = 0; at <= length; at++) {
    const byte = at < length ? bytes.getUint8(at) : 0x80;
    words[at >> 2] = wordAt(words, at >> 2) | (byte << (24 - ((at & 3) << 3)));
  }
  words[words.length - 1] = length << 3;
  return words;
}

const wordAt = (words: readonly number[], at: number): number => words[at] ?? 0;

/** The exclusive or of a word turned right by three numbers of bits; the last is a shift if `shift` is told. */
const turned = (word: number, a: number, b: number, c: number, shift = false): number =>
  turn(word, a) ^ turn(word, b) ^ (shift ? word >>> c : turn(word, c));

const turn = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

function afterBlock(state: readonly number[], words: number[], constants: readonly number[]): number[] {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let round = 0; round < 64; round++) {
    if (round > 15) {
      const near = turned(wordAt(words, round - 15), 7, 18, 3, true);
      const far = turned(wordAt(words, round - 2), 17, 19, 10, true);
      words[round] = (wordAt(words, round - 16) + near + wordAt(words, round - 7) + far) | 0;
    }
    const first = h + turned(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + wordAt(constants, round) + wordAt(words, round);
    const second = turned(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, at) => (word + wordAt(state, at)) | 0);
}
