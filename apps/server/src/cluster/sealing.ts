import { createHmac, timingSafeEqual } from 'node:crypto';

/** Texts that only processes with the same secret can have written, each for one place: what Redis holds is believed no further. */
export interface Sealing {
  seal(place: string, text: string): string;
  /** The text, if it was sealed for this place. */
  open(place: string, sealed: string): string | undefined;
  /** Tells installations apart that share a Redis, and releases that write otherwise. */
  readonly space: string;
}

/** The digest of a seal, in base 64 for addresses. */
const SEAL_LENGTH = 43;

export function createSealing(secret: string): Sealing {
  const digestOf = (place: string, text: string) =>
    createHmac('sha256', secret).update(`${place}\n`).update(text).digest('base64url');
  return {
    seal: (place, text) => digestOf(place, text) + text,
    open(place, sealed) {
      const [digest, text] = [sealed.slice(0, SEAL_LENGTH), sealed.slice(SEAL_LENGTH)];
      return isSame(digest, digestOf(place, text)) ? text : undefined;
    },
    space: digestOf('space', 'v1').slice(0, 8),
  };
}

const isSame = (one: string, other: string): boolean =>
  Buffer.byteLength(one) === Buffer.byteLength(other) && timingSafeEqual(Buffer.from(one), Buffer.from(other));
