import { utf8 } from './utf8.ts';

/** Mixes one block of four bytes (little-endian) into a hash. */
export function mix(hash: number, block: number): number {
  const mixed = hash ^ scramble(block);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function scramble(block: number): number {
  const product = Math.imul(block, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

/** Takes in what is left after the last whole block, then the length in bytes; an unsigned 32-bit number. */
export function finish(hash: number, block: number, length: number): number {
  let end = hash ^ scramble(block) ^ length;
  end = Math.imul(end ^ (end >>> 16), 0x85ebca6b);
  end = Math.imul(end ^ (end >>> 13), 0xc2b2ae35);
  return (end ^ (end >>> 16)) >>> 0;
}

/**
 * MurmurHash3_x86_32 over the UTF-8 bytes of `prefix` and of `text`, as one of `places` equal parts of its range. The prefix is taken
 * in once; hashing an ASCII text allocates nothing.
 */
export function murmur3(prefix: string, seed: number, places: number): (text: string) => number {
  let startHash = seed;
  let startBlock = 0;
  let startLength = 0;
  const absorb = (text: string, highest = 0x7f, keep = false): number => {
    let hash = startHash;
    let block = startBlock;
    // How many bits of the next block the bytes before have filled.
    let filled = (startLength & 3) << 3;
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
    if (seen > highest) return absorb(utf8(text), 0xff, keep);
    const length = startLength + text.length;
    if (keep) [startHash, startBlock, startLength] = [hash, block, length];
    return Math.floor((finish(hash, block, length) * places) / 2 ** 32);
  };
  absorb(prefix, 0x7f, true);
  return absorb;
}
