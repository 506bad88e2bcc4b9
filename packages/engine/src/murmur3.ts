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
 * MurmurHash3_x86_32 over the UTF-8 bytes of `prefix + text`. The prefix is taken in once; hashing an ASCII text
 * allocates nothing.
 */
export function murmur3(prefix: string, seed: number): (text: string) => number {
  let [startHash, startBlock, startLength] = [seed, 0, 0];
  const absorb = (text: string, encoded: boolean, keep: boolean): number => {
    let hash = startHash;
    let block = startBlock;
    let length = startLength;
    for (let at = 0; at < text.length; at++, length++) {
      const unit = text.charCodeAt(at);
      if (unit > 0x7f && !encoded) return absorb(utf8(text), true, keep);
      block |= unit << (length << 3);
      if ((length & 3) === 3) {
        hash = mix(hash, block);
        block = 0;
      }
    }
    if (keep) [startHash, startBlock, startLength] = [hash, block, length];
    return finish(hash, block, length);
  };
  absorb(prefix, false, true);
  return (text) => absorb(text, false, false);
}
