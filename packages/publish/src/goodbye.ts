import { encodeEvent } from './event-stream.ts';
import { type ShortFrame, shortFrame } from './frame.ts';

/** Why a stream ends, and when to come back. */
export interface Goodbye {
  readonly reason: string;
  readonly reconnectInMs: number;
  /** True: coming back with the same key will not help. */
  readonly fatal: boolean;
}

export const keyRevoked: Goodbye = { reason: 'The key was revoked or has expired.', reconnectInMs: 300_000, fatal: true };

/** Streams are told one of so many times to come back, each encoded once. */
const TIMES = 50;

/** Goodbyes that spread the return of all streams evenly over a while. */
export function goodbyesOver(spreadMs: number, reason: string): Goodbye[] {
  return Array.from({ length: TIMES }, (_, time) => ({
    reason,
    reconnectInMs: Math.round((spreadMs * (time + 1)) / TIMES),
    fatal: false,
  }));
}

export const goodbyeFrame = (goodbye: Goodbye): ShortFrame => shortFrame(encodeEvent('goodbye', [JSON.stringify(goodbye)]));
