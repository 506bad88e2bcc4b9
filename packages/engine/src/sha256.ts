import { utf8 } from './utf8.ts';

/** The first 32 bits of the fractional part of a root of each of the first primes, as FIPS 180-4 defines its constants. */
function fractionsOfRoots(count: number, exponent: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes.map((prime) => (prime ** exponent * 2 ** 32) | 0);
}

const turn = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** Computed when first needed: most pages hash nothing. */
let constants: readonly number[] | undefined;
let initial: readonly number[] | undefined;

/** SHA-256 of the UTF-8 bytes of a text, as eight 32-bit words. */
export function sha256(text: string): readonly number[] {
  constants ??= fractionsOfRoots(64, 1 / 3);
  initial ??= fractionsOfRoots(8, 1 / 2);
  const message = padded(utf8(text));
  let state = initial;
  for (let start = 0; start < message.length; start += 16) {
    state = digestBlock(state, schedule(message.slice(start, start + 16)), constants);
  }
  return state;
}

/** The message as big-endian words, ended by a single bit and its length in bits. */
function padded(bytes: string): number[] {
  const words = Array.from({ length: (((bytes.length + 8) >> 6) + 1) << 4 }, () => 0);
  for (let at = 0; at <= bytes.length; at++) {
    const byte = at < bytes.length ? bytes.charCodeAt(at) : 0x80;
    words[at >> 2] = (words[at >> 2] ?? 0) | (byte << (24 - ((at & 3) << 3)));
  }
  words[words.length - 1] = bytes.length << 3;
  return words;
}

function schedule(words: number[]): number[] {
  for (let at = 16; at < 64; at++) {
    const [w2 = 0, w7 = 0, w15 = 0, w16 = 0] = [words[at - 2], words[at - 7], words[at - 15], words[at - 16]];
    const near = turn(w15, 7) ^ turn(w15, 18) ^ (w15 >>> 3);
    const far = turn(w2, 17) ^ turn(w2, 19) ^ (w2 >>> 10);
    words[at] = (w16 + near + w7 + far) | 0;
  }
  return words;
}

function digestBlock(state: readonly number[], words: readonly number[], constants: readonly number[]): number[] {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let round = 0; round < 64; round++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + (constants[round] ?? 0) + (words[round] ?? 0);
    const second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, at) => (word + (state[at] ?? 0)) | 0);
}
