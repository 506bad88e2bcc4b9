import { type Bits64, digestInto } from './murmur3.ts';
import { utf8 } from './utf8.ts';

/** Whether `text` has, from `at` on, exactly the 16 lower-case digits of `bits`. */
export function hasHex(text: string, at: number, { high, low }: Bits64): boolean {
  for (let place = 0; place < 16; place++) {
    const nibble = ((place < 8 ? high : low) >>> (28 - 4 * (place & 7))) & 15;
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
  const bytes = utf8(text);
  const digest = { high: 0, low: 0 };
  digestInto(digest, bytes, 0, bytes.byteLength);
  return hexOf(digest);
}

/** The sum mod 2⁶⁴ of the items' digests. */
export function checksumOf(items: Iterable<{ readonly digest: string }>): string {
  const sum = { high: 0, low: 0 };
  for (const { digest } of items) add(sum, bitsOf(digest));
  return hexOf(sum);
}
