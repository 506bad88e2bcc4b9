import {
  type Alarms,
  CONNECT_TIMEOUT_MS,
  createCourse,
  createLine,
  type Exchange,
  type Failure,
  FIRST_EVENT_TIMEOUT_MS,
  HEALTHY_MS,
  HEARTBEAT_MS,
  HEARTBEATS_MISSED,
  LONGEST_HEARTBEAT_MS,
  type Platform,
  POLL_TIMEOUT_MS,
  SHORTEST_HEARTBEAT_MS,
} from '@taffrail/sdk-core';
import type { Held, VendorWire } from './vendor-wire.ts';

/** What comes over the line. */
export interface VendorListener {
  readonly held: () => Held;
  /** A key list or a shipment, as a file; nothing of it is verified. */
  readonly brought: (file: string) => void;
  /** The vendor said something, if only that it is there. */
  readonly heard: () => void;
  /** It cannot be reached, or will not speak to this site. It is tried again. */
  readonly failed: (failure: Failure) => void;
}

/** What the vendor says in events that are no files. Whatever it says may be missing or of another type. */
interface Words {
  readonly heartbeatMs?: unknown;
  readonly revision?: unknown;
  readonly reason?: unknown;
  readonly reconnectInMs?: unknown;
  readonly fatal?: unknown;
}

/** Holds one exchange with the vendor at any time, or one next attempt: a stream where that works, polls where it does not. */
export function holdVendorLine(
  wire: VendorWire,
  platform: Pick<Platform, 'clock' | 'random'>,
  alarms: Alarms,
  on: VendorListener,
): { readonly close: () => void } {
  const line = createLine();
  const course = createCourse(platform);
  /** The last revision for which the stream was opened anew, because a beat knew of it and no file had come. */
  let missed = 0;

  function attempt(): void {
    // A site always has a state to go on with: its shipment, or the code defaults.
    const kind = course.choose(true);
    patience(kind === 'poll' ? POLL_TIMEOUT_MS : CONNECT_TIMEOUT_MS);
    line.begin((exchange) => wire[kind](on.held(), exchange), kind === 'poll' ? poll() : stream());
  }

  function poll(): Exchange {
    let isGood = false;
    return {
      opened() {},
      received: (_, text) => void (isGood = newestIn(text, on.brought)),
      ended(ending) {
        if (ending.status !== 200 || !isGood) return failed(ending.status === 200 ? garbage : ending);
        hangUp();
        on.heard();
        attemptIn(course.pollMs());
      },
    };
  }

  function stream(): Exchange {
    let silenceMs = HEARTBEAT_MS * HEARTBEATS_MISSED;
    /** A shipment came since the last beat, and may be on its way to the disk still. */
    let isFresh = false;

    const events = new Map<string, (data: string) => void>([
      ['keys', on.brought],
      [
        'shipment',
        (file) => {
          isFresh = true;
          on.brought(file);
        },
      ],
      [
        'hello',
        said(({ heartbeatMs }) => {
          if (typeof heartbeatMs !== 'number') return;
          silenceMs = Math.max(SHORTEST_HEARTBEAT_MS, Math.min(heartbeatMs, LONGEST_HEARTBEAT_MS)) * HEARTBEATS_MISSED;
        }),
      ],
      [
        'beat',
        said(({ revision }) => {
          if (!isFresh && isMissed(revision)) failed({ reason: `revision ${missed} was lost on its way` });
          isFresh = false;
        }),
      ],
      ['goodbye', said(({ reason, reconnectInMs, fatal }) => failed(farewell(reason, reconnectInMs, fatal)))],
    ]);

    return {
      opened: () => patience(FIRST_EVENT_TIMEOUT_MS),
      received(event, data) {
        alarms.clear('patience');
        alarms.set('silence', silenceMs, () => failed({ reason: 'the stream went silent' }));
        if (!alarms.has('health')) alarms.set('health', HEALTHY_MS, course.healthy);
        course.streams();
        on.heard();
        events.get(event)?.(data);
      },
      ended: failed,
    };
  }

  const said =
    (act: (words: Words) => void) =>
    (data: string): void => {
      const words = parsed(data);
      if (words) act(words);
      else failed(garbage);
    };

  /** Once for each revision: one that was refused would be refused again. */
  function isMissed(revision: unknown): boolean {
    if (typeof revision !== 'number' || revision <= (on.held().revision ?? 0) || revision <= missed) return false;
    missed = revision;
    return true;
  }

  const attemptIn = (delayMs: number): void => alarms.set('attempt', delayMs, attempt);
  const patience = (timeoutMs: number): void =>
    alarms.set('patience', timeoutMs, () => failed({ reason: `no answer within ${timeoutMs / 1_000} s` }));

  function failed(failure: Failure): void {
    hangUp();
    on.failed(failure);
    attemptIn(course.failed(failure));
  }

  function hangUp(): void {
    line.drop();
    alarms.clear('patience', 'silence', 'health', 'attempt');
  }

  attempt();
  return { close: hangUp };
}

const garbage: Failure = { reason: 'it sent something other than was agreed' };

const farewell = (reason: unknown, reconnectInMs: unknown, fatal: unknown): Failure => ({
  reason: `it said goodbye: ${String(reason)}`,
  retryAfterMs: reconnectInMs,
  fatal: fatal === true,
});

/** Takes the files out of a poll's body, the key list first; false where it is none. */
function newestIn(text: string, brought: VendorListener['brought']): boolean {
  const body = parsed(text) as { readonly keys?: unknown; readonly shipment?: unknown } | undefined;
  for (const file of [body?.keys, body?.shipment]) if (typeof file === 'string') brought(file);
  return body !== undefined;
}

function parsed(text: string): Words | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
