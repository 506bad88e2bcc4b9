import { encodeEvent } from './event-stream.ts';
import type { Feed } from './feed.ts';
import { type Frame, frame, openingFrame, type ShortFrame, shortFrame } from './frame.ts';

/** What the streams of an audience are sent while its head stands, each encoded when first asked for. */
export interface Frames {
  readonly head: number;
  readonly opening: ShortFrame;
  readonly beat: ShortFrame;
  /** From a reader's head, or from nothing, to the head of these frames. */
  toHead(from: number | undefined): Frame;
}

/** The frames of a feed as it is now. */
export function framesOf(feed: Feed, heartbeatMs: number): Frames {
  const { epoch, environment, audience } = feed;
  const head = feed.head;
  const byFrom = new Map<number | undefined, Frame>();
  const hello = { environment, audience, epoch, head, heartbeatMs, capabilities: [] };

  const snapshot = (): string => encodeEvent('snapshot', feed.snapshot(), `${epoch}.${head}`);

  /** A reader whose head is forgotten by now was too slow: it is told that it missed changes. */
  function encode(from: number | undefined): string {
    if (from === undefined) return snapshot();
    const patch = feed.patch(from);
    if (patch) return encodeEvent('patch', patch, `${epoch}.${head}`);
    return encodeEvent('resync', ['{"reason":"This stream was too slow to follow every change."}']) + snapshot();
  }

  function toHead(from: number | undefined): Frame {
    const known = byFrom.get(from) ?? frame(encode(from));
    byFrom.set(from, known);
    return known;
  }

  return {
    head,
    opening: openingFrame(encodeEvent('hello', [JSON.stringify(hello)])),
    beat: shortFrame(encodeEvent('beat', [JSON.stringify({ head, checksum: feed.checksum })])),
    toHead,
  };
}
