import { utf8 } from './utf8.ts';

/** The hash so far, the block that is not yet full, and the length in bytes: what one hashing leaves for `finish`. */
const state = new Int32Array(3);
const at = (place: number): number => state[place] ?? 0;

/**
 * MurmurHash3_x86_32 over the UTF-8 bytes of `prefix` and of `text`, as one of `places` equal parts of its range. The prefix is taken
 * in once; hashing an ASCII text allocates nothing.
 */
export function murmur3(prefix: string, seed: number, places: number): (text: string) => number {
  start(seed, 0, 0);
  absorb(prefix, 0, prefix.length);
  const [hash, block, length] = [at(0), at(1), at(2)];
  return (text) => {
    start(hash, block, length);
    absorb(text, 0, text.length);
    return Math.floor((finish() * places) / 2 ** 32);
  };
}

/** MurmurHash3_x86_32 over the UTF-8 bytes of a part of a text; an unsigned 32-bit number. */
export function murmur3Within(text: string, from: number, to: number, seed: number): number {
  start(seed, 0, 0);
  absorb(text, from, to);
  return finish();
}

function start(hash: number, block: number, length: number): void {
  state[0] = hash;
  state[1] = block;
  state[2] = length;
}

/** Takes in the bytes of a part of a text whose characters, encoded or not, are below U+0100. */
function absorb(text: string, from: number, to: number, highest = 0x7f): void {
  let hash = at(0);
  let block = at(1);
  const length = at(2);
  // How many bits of the block are filled.
  let filled = (length & 3) << 3;
  let seen = 0;
  let place = from;
  for (; place + 4 <= to; place += 4) {
    const a = text.charCodeAt(place);
    const b = text.charCodeAt(place + 1);
    const c = text.charCodeAt(place + 2);
    const d = text.charCodeAt(place + 3);
    const word = a | (b << 8) | (c << 16) | (d << 24);
    seen |= a | b | c | d;
    hash = mix(hash, block | (word << filled));
    block = (word >>> 8) >>> (24 - filled);
  }
  for (; place < to; place++) {
    const unit = text.charCodeAt(place);
    seen |= unit;
    block |= unit << filled;
    filled = (filled + 8) & 31;
    if (filled === 0) {
      hash = mix(hash, block);
      block = 0;
    }
  }
  if (seen <= highest) return start(hash, block, length + to - from);
  const bytes = utf8(text.slice(from, to));
  absorb(bytes, 0, bytes.length, 0xff);
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

function finish(): number {
  let end = at(0) ^ scramble(at(1)) ^ at(2);
  end = Math.imul(end ^ (end >>> 16), 0x85ebca6b);
  end = Math.imul(end ^ (end >>> 13), 0xc2b2ae35);
  return (end ^ (end >>> 16)) >>> 0;
}
