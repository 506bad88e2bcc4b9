import { utf8 } from './utf8.ts';

/** The hash so far, the block that is not yet full, and the length in bytes: what one text leaves for the next. */
const state = new Int32Array(3);
const stateAt = (place: number): number => state[place] ?? 0;

/**
 * MurmurHash3_x86_32 over the UTF-8 bytes of `prefix` and of `text`, as one of `places` equal parts of its range. The prefix is taken
 * in once; hashing an ASCII text allocates nothing.
 */
export function murmur3(prefix: string, seed: number, places: number): (text: string) => number {
  start(seed, 0, 0);
  const isAscii = absorb(prefix);
  const [hash, block, length] = [stateAt(0), stateAt(1), stateAt(2)];
  return (text) => {
    start(hash, block, length);
    const whole = absorb(text) && isAscii ? finish(stateAt(0), stateAt(1), stateAt(2)) : murmur3Encoded(prefix + text, seed);
    return Math.floor((whole * places) / 2 ** 32);
  };
}

function murmur3Encoded(text: string, seed: number): number {
  const bytes = utf8(text);
  const hash = { high: 0, low: 0 };
  digestInto(hash, bytes, 0, bytes.byteLength, seed, seed);
  return hash.high;
}

/** 64 bits as two unsigned 32-bit numbers. */
export interface Bits64 {
  high: number;
  low: number;
}

/**
 * Two MurmurHash3_x86_32, of two seeds, over the bytes between two places: read once, hashed twice. With the seeds that it has by
 * itself it writes the digest of an item.
 */
export function digestInto(into: Bits64, bytes: DataView, from: number, to: number, highSeed = 0, lowSeed = 0x9e3779b9): void {
  let high = highSeed | 0;
  let low = lowSeed | 0;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    const block = bytes.getInt32(at, true);
    high = mix(high, block);
    low = mix(low, block);
  }
  let rest = 0;
  for (let filled = 0; at < to; at++, filled += 8) rest |= bytes.getUint8(at) << filled;
  into.high = finish(high, rest, to - from);
  into.low = finish(low, rest, to - from);
}

function start(hash: number, block: number, length: number): void {
  state[0] = hash;
  state[1] = block;
  state[2] = length;
}

/** Takes in a text's characters, each for one byte. Answers whether they are: whether the text is ASCII. */
function absorb(text: string): boolean {
  let hash = stateAt(0);
  let block = stateAt(1);
  // How many bits of the block are filled.
  let filled = (stateAt(2) & 3) << 3;
  let seen = 0;
  let at = 0;
  for (; at + 4 <= text.length; at += 4) {
    const a = text.charCodeAt(at);
    const b = text.charCodeAt(at + 1);
    const c = text.charCodeAt(at + 2);
    const d = text.charCodeAt(at + 3);
    const word = a | (b << 8) | (c << 16) | (d << 24);
    seen |= a | b | c | d;
    hash = mix(hash, block | (word << filled));
    block = (word >>> 8) >>> (24 - filled);
  }
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    seen |= unit;
    block |= unit << filled;
    filled = (filled + 8) & 31;
    if (filled === 0) {
      hash = mix(hash, block);
      block = 0;
    }
  }
  start(hash, block, stateAt(2) + text.length);
  return seen < 0x80;
}

/** Mixes a block of four bytes (little-endian) into a hash. */
function mix(hash: number, block: number): number {
  const mixed = hash ^ scramble(block);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function scramble(block: number): number {
  const product = Math.imul(block, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

/** Takes in what is left after the last whole block, then the length in bytes; an unsigned 32-bit number. */
function finish(hash: number, block: number, length: number): number {
  let end = hash ^ scramble(block) ^ length;
  end = Math.imul(end ^ (end >>> 16), 0x85ebca6b);
  end = Math.imul(end ^ (end >>> 13), 0xc2b2ae35);
  return (end ^ (end >>> 16)) >>> 0;
}
