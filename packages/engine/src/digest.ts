import { murmur3Within } from './murmur3.ts';

/** 64 bits as two unsigned 32-bit numbers. */
export interface Bits64 {
  high: number;
  low: number;
}

const HIGH_SEED = 0;
const LOW_SEED = 0x9e3779b9;

/** Writes the digest of a part of a text: MurmurHash3_x86_32 with two seeds over its UTF-8 bytes. */
export function digestInto(into: Bits64, text: string, from: number, to: number): void {
  into.high = murmur3Within(text, from, to, HIGH_SEED);
  into.low = murmur3Within(text, from, to, LOW_SEED);
}

/** Whether `text` has, from `at` on, exactly the 16 lower-case digits of `bits`. */
export const hasHex = (text: string, at: number, { high, low }: Bits64): boolean =>
  hasHex32(text, at, high) && hasHex32(text, at + 8, low);

function hasHex32(text: string, at: number, word: number): boolean {
  for (let place = 0; place < 8; place++) {
    const nibble = (word >>> (28 - 4 * place)) & 15;
    if (text.charCodeAt(at + place) !== nibble + (nibble > 9 ? 87 : 48)) return false;
  }
  return true;
}

const hex32 = (word: number): string => word.toString(16).padStart(8, '0');
export const hexOf = ({ high, low }: Bits64): string => hex32(high) + hex32(low);

const bitsOf = (hex: string): Bits64 => ({
  high: Number.parseInt(hex.slice(0, 8), 16),
  low: Number.parseInt(hex.slice(8), 16),
});

/** Adds to a sum mod 2⁶⁴ in place, or takes from it. */
export function add(sum: Bits64, { high, low }: Bits64, sign: 1 | -1 = 1): void {
  const lows = sum.low + sign * low;
  sum.high = (sum.high + sign * high + Math.floor(lows / 2 ** 32)) >>> 0;
  sum.low = lows >>> 0;
}

function sumOf(checksum: string, digest: string, sign: 1 | -1): string {
  const sum = bitsOf(checksum);
  add(sum, bitsOf(digest), sign);
  return hexOf(sum);
}

/** The checksum with one more digest in it. */
export const addDigest = (checksum: string, digest: string): string => sumOf(checksum, digest, 1);

/** The checksum without a digest that was in it. */
export const subDigest = (checksum: string, digest: string): string => sumOf(checksum, digest, -1);

/** The digest of an item's JSON: 64 bits of its UTF-8 bytes as 16 hexadecimal digits. */
export function digestOf(text: string): string {
  const bits = { high: 0, low: 0 };
  digestInto(bits, text, 0, text.length);
  return hexOf(bits);
}

/** The sum mod 2⁶⁴ of the items' digests. */
export function checksumOf(items: Iterable<{ readonly digest: string }>): string {
  const sum = { high: 0, low: 0 };
  for (const { digest } of items) add(sum, bitsOf(digest));
  return hexOf(sum);
}
