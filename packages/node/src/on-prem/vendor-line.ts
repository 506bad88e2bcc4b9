import {
  type Alarms,
  CONNECT_TIMEOUT_MS,
  createCourse,
  type Course,
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

/** A file that could not be kept is asked for again after this, then each time after twice as long, up to an hour. */
const FIRST_AGAIN_MS = 60_000;
const LONGEST_AGAIN_MS = 3_600_000;

/** A line to a vendor, for as long as it is held. */
export interface VendorHold {
  /** What came could not be kept: the vendor, which believes it sent, is asked anew in a while. */
  readonly askAgain: () => void;
  readonly close: () => void;
}

/** Holds one exchange with the vendor at any time, or one next attempt: a stream where that works, polls where it does not. */
export function holdVendorLine(
  wire: VendorWire,
  platform: Pick<Platform, 'clock' | 'random'>,
  alarms: Alarms,
  on: VendorListener,
): VendorHold {
  const line = createLine();
  const course = createCourse(platform);
  const hearer: Hearer = { ...on, failed, polled, wait, streams: course.streams, healthy: course.healthy, alarms };

  function attempt(): void {
    // A site always has a state to go on with: its shipment, or the code defaults.
    const kind = course.choose(true);
    wait(kind === 'poll' ? POLL_TIMEOUT_MS : CONNECT_TIMEOUT_MS);
    line.begin((exchange) => wire[kind](on.held(), exchange), kind === 'poll' ? pollFor(hearer) : streamFor(hearer, isMissed));
  }

  const isMissed = createMissed(() => on.held().revision ?? 0);
  const attemptIn = (delayMs: number): void => alarms.set('attempt', delayMs, attempt);

  function wait(timeoutMs: number): void {
    alarms.set('patience', timeoutMs, () => failed({ reason: `no answer within ${timeoutMs / 1_000} s` }));
  }

  function polled(): void {
    hangUp();
    on.heard();
    attemptIn(course.pollMs());
  }

  function failed(failure: Failure): void {
    hangUp();
    on.failed(failure);
    attemptIn(course.failed(failure));
  }

  function hangUp(): void {
    line.drop();
    alarms.clear('patience', 'silence', 'health', 'attempt', 'unkept');
  }

  attempt();
  return {
    askAgain: createAskAgain(alarms, () => failed({ reason: 'what it sent could not be kept' })),
    close: hangUp,
  };
}

/** Rings in a while, ever more seldom: a folder that cannot be written may stay so. */
function createAskAgain(alarms: Alarms, ring: () => void): () => void {
  let againMs = FIRST_AGAIN_MS;
  return () => {
    alarms.set('unkept', againMs, ring);
    againMs = Math.min(2 * againMs, LONGEST_AGAIN_MS);
  };
}

/** What an exchange comes to. */
interface Hearer extends VendorListener, Pick<Course, 'streams' | 'healthy'> {
  /** A poll was answered. */
  readonly polled: () => void;
  /** Fails, unless something comes within this. */
  readonly wait: (timeoutMs: number) => void;
  readonly alarms: Alarms;
}

function pollFor({ brought, polled, failed }: Hearer): Exchange {
  let isGood = false;
  return {
    opened() {},
    received: (_, text) => void (isGood = newestIn(text, brought)),
    ended(ending) {
      if (ending.status !== 200) failed(ending);
      else if (isGood) polled();
      else failed(garbage);
    },
  };
}

function streamFor(hearer: Hearer, isMissed: (revision: unknown) => boolean): Exchange {
  const { alarms, failed } = hearer;
  let silenceMs = HEARTBEAT_MS * HEARTBEATS_MISSED;
  const interpret = interpreterFor(hearer, isMissed, (heartbeatMs) => (silenceMs = heartbeatMs * HEARTBEATS_MISSED));
  return {
    opened: () => hearer.wait(FIRST_EVENT_TIMEOUT_MS),
    received(event, data) {
      alarms.clear('patience');
      alarms.set('silence', silenceMs, () => failed({ reason: 'the stream went silent' }));
      if (!alarms.has('health')) alarms.set('health', HEALTHY_MS, hearer.healthy);
      hearer.streams();
      hearer.heard();
      interpret(event, data);
    },
    ended: failed,
  };
}

/** Interprets the events of one stream, in their order. An event of another name comes from a newer vendor and means nothing. */
function interpreterFor(
  { brought, failed }: Hearer,
  isMissed: (revision: unknown) => boolean,
  beats: (everyMs: number) => void,
): (event: string, data: string) => void {
  /** A shipment came since the last beat, and may be on its way to the disk still. */
  let isFresh = false;

  function shipment(file: string): void {
    isFresh = true;
    brought(file);
  }

  function hello({ heartbeatMs }: Words): void {
    if (typeof heartbeatMs === 'number') beats(Math.max(SHORTEST_HEARTBEAT_MS, Math.min(heartbeatMs, LONGEST_HEARTBEAT_MS)));
  }

  function beat({ revision }: Words): void {
    if (!isFresh && isMissed(revision)) failed({ reason: `revision ${String(revision)} was lost on its way` });
    isFresh = false;
  }

  const goodbye = ({ reason, reconnectInMs, fatal }: Words): void =>
    failed({ reason: `it said goodbye: ${quoted(reason)}`, retryAfterMs: reconnectInMs, fatal: fatal === true });

  const words =
    (act: (said: Words) => void) =>
    (data: string): void => {
      const said = parsed(data);
      if (said) act(said);
      else failed(garbage);
    };

  const events = new Map<string, (data: string) => void>([
    ['hello', words(hello)],
    ['keys', brought],
    ['shipment', shipment],
    ['beat', words(beat)],
    ['goodbye', words(goodbye)],
  ]);
  return (event, data) => events.get(event)?.(data);
}

/** Whether a beat knows of a revision that never came; once for each: one that was refused would be refused again. */
function createMissed(held: () => number): (revision: unknown) => boolean {
  let missed = 0;
  return (revision) => {
    if (typeof revision !== 'number' || revision <= held() || revision === missed) return false;
    missed = revision;
    return true;
  };
}

const REASON_CHARACTERS = 200;

/** What a vendor says stands in a log: in short, and without what would steer a terminal or forge a line. */
const quoted = (reason: unknown): string =>
  typeof reason === 'string'
    ? reason.slice(0, REASON_CHARACTERS).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    : 'without a reason';

const garbage: Failure = { reason: 'it sent something other than was agreed' };

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
