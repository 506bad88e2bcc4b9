import { finish, mix } from './murmur3.ts';
import { utf8 } from './utf8.ts';

/** 64 bits as two unsigned 32-bit numbers. */
export interface Bits64 {
  high: number;
  low: number;
}

const HIGH_SEED = 0;
const LOW_SEED = 0x9e3779b9;

/** MurmurHash3_x86_32 with two seeds over the UTF-8 bytes of `text` from `from` to `to`; written to `into`. */
export function digestInto(into: Bits64, text: string, from: number, to: number): void {
  if (!digestBytes(into, text, from, to, 0x7f)) {
    const bytes = utf8(text.slice(from, to));
    digestBytes(into, bytes, 0, bytes.length, 0xff);
  }
}

/** False, with nothing written, when a character is above `highest` and so not yet a byte. */
function digestBytes(into: Bits64, bytes: string, from: number, to: number, highest: number): boolean {
  let high = HIGH_SEED;
  let low = LOW_SEED;
  let seen = 0;
  let at = from;
  for (const end = from + ((to - from) & ~3); at < end; at += 4) {
    const a = bytes.charCodeAt(at);
    const b = bytes.charCodeAt(at + 1);
    const c = bytes.charCodeAt(at + 2);
    const d = bytes.charCodeAt(at + 3);
    seen |= a | b | c | d;
    const block = a | (b << 8) | (c << 16) | (d << 24);
    high = mix(high, block);
    low = mix(low, block);
  }
  let rest = 0;
  for (let shift = 0; at < to; at++, shift += 8) {
    const unit = bytes.charCodeAt(at);
    seen |= unit;
    rest |= unit << shift;
  }
  into.high = finish(high, rest, to - from);
  into.low = finish(low, rest, to - from);
  return seen <= highest;
}

const hex32 = (word: number): string => word.toString(16).padStart(8, '0');
export const hexOf = ({ high, low }: Bits64): string => hex32(high) + hex32(low);
export const bitsOf = (hex: string): Bits64 => ({
  high: Number.parseInt(hex.slice(0, 8), 16),
  low: Number.parseInt(hex.slice(8), 16),
});

/** Whether `text` has, from `at` on, exactly the 16 lower-case digits of `bits`. */
export function hasHex(text: string, at: number, bits: Bits64): boolean {
  return hasHex32(text, at, bits.high) && hasHex32(text, at + 8, bits.low);
}

function hasHex32(text: string, at: number, word: number): boolean {
  for (let place = 0; place < 8; place++) {
    const nibble = (word >>> (28 - 4 * place)) & 15;
    if (text.charCodeAt(at + place) !== nibble + (nibble > 9 ? 87 : 48)) return false;
  }
  return true;
}

/** Adds to a sum mod 2⁶⁴, in place. */
export function add(sum: Bits64, { high, low }: Bits64): void {
  const lows = sum.low + low;
  sum.high = (sum.high + high + (lows > 0xffffffff ? 1 : 0)) >>> 0;
  sum.low = lows >>> 0;
}

/** Takes from a sum mod 2⁶⁴, in place. */
export function subtract(sum: Bits64, { high, low }: Bits64): void {
  const lows = sum.low - low;
  sum.high = (sum.high - high - (lows < 0 ? 1 : 0)) >>> 0;
  sum.low = lows >>> 0;
}

/** The digest of an item's JSON: 64 bits of its UTF-8 bytes as 16 hexadecimal digits. */
export function digestOf(text: string): string {
  const bits = { high: 0, low: 0 };
  digestInto(bits, text, 0, text.length);
  return hexOf(bits);
}

/** The checksum with one more digest in it. */
export function addDigest(checksum: string, digest: string): string {
  const sum = bitsOf(checksum);
  add(sum, bitsOf(digest));
  return hexOf(sum);
}

/** The checksum without a digest that was in it. */
export function subDigest(checksum: string, digest: string): string {
  const sum = bitsOf(checksum);
  subtract(sum, bitsOf(digest));
  return hexOf(sum);
}

/** The sum mod 2⁶⁴ of the items' digests. */
export function checksumOf(items: Iterable<{ readonly digest: string }>): string {
  const sum = { high: 0, low: 0 };
  for (const { digest } of items) add(sum, bitsOf(digest));
  return hexOf(sum);
}
