import { encodeEvent } from './event-stream.ts';
import { type Frame, frame, openingFrame, type ShortFrame, shortFrame } from './frame.ts';
import { recent } from './recent.ts';
import type { Standpoint } from './standpoint.ts';

/** What the streams of an audience are sent while its head stands, each encoded when first asked for. */
export interface Frames {
  readonly head: number;
  readonly opening: ShortFrame;
  readonly beat: ShortFrame;
  /** From a reader's head, or from nothing, to the head of these frames. */
  toHead(from: number | undefined): Frame;
}

const tooSlow = encodeEvent('resync', ['{"reason":"This stream was too slow to follow every change."}']);

/** A feed as far as its streams go. */
interface Framed extends Standpoint {
  readonly checksum: string;
  snapshot(): string[];
  patch(from: number): string[] | undefined;
  reaches(head: number): boolean;
}

/** The frames of a feed as it is now. */
export function framesOf(feed: Framed, heartbeatMs: number): Frames {
  const { epoch, environment, audience } = feed;
  const head = feed.head;
  const hello = { environment, audience, epoch, head, heartbeatMs, capabilities: [] };

  const encodeSnapshot = (): string => encodeEvent('snapshot', feed.snapshot(), `${epoch}.${head}`);
  let [snapshot, resync]: (Frame | undefined)[] = [];
  const patch = recent((from: number) => frame(encodeEvent('patch', feed.patch(from) ?? [], `${epoch}.${head}`)));

  /** A reader whose head is forgotten by now was too slow: it is told that it missed changes. */
  function toHead(from: number | undefined): Frame {
    if (from === undefined) return (snapshot ??= frame(encodeSnapshot()));
    return feed.reaches(from) ? patch(from) : (resync ??= frame(tooSlow + encodeSnapshot()));
  }

  return {
    head,
    opening: openingFrame(encodeEvent('hello', [JSON.stringify(hello)])),
    beat: shortFrame(encodeEvent('beat', [JSON.stringify({ head, checksum: feed.checksum })])),
    toHead,
  };
}
