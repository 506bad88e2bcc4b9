import type { Alarms } from './alarms.ts';
import { type Course, createCourse, type Failure, isRefusal } from './course.ts';
import {
  CONNECT_TIMEOUT_MS,
  FIRST_EVENT_TIMEOUT_MS,
  HEALTHY_MS,
  HEARTBEATS_MISSED,
  HEARTBEAT_MS,
  LONGEST_HEARTBEAT_MS,
  LOST_GRACE_MS,
  POLL_TIMEOUT_MS,
  SHORTEST_HEARTBEAT_MS,
} from './limits.ts';
import { createLine } from './line.ts';
import type { Exchange, Platform, Transport } from './platform.ts';
import type { Identity, RunningSource, Sink, Source } from './source.ts';
import { createInterpreter } from './stream-events.ts';

/**
 * States from the server: by a stream where that works, by polls where it does not. There is one exchange, or one next
 * attempt, at any time.
 */
export function liveSource(transport: Transport, platform: Pick<Platform, 'clock' | 'random'>): Source {
  return (sink, alarms) => {
    const source = createLiveSource({ transport, course: createCourse(platform), sink, alarms });
    source.attempt();
    return source;
  };
}

interface Means {
  readonly transport: Transport;
  readonly course: Course;
  readonly sink: Sink;
  readonly alarms: Alarms;
}

/** Closures, not a class with private fields: older targets turn those into code that a page would pay for. */
function createLiveSource({ transport, course, sink, alarms }: Means): RunningSource & { readonly attempt: () => void } {
  const line = createLine();
  let knownEtag: string | undefined;
  /** The state at hand does not agree with the server's: ask for a whole one. */
  let isInDoubt = false;

  function attempt(): void {
    const kind = course.choose(sink.identity() !== undefined);
    const own = identity();
    const from = own ? { position: `${own.epoch}.${own.revision}`, etag: knownEtag } : {};
    wait(kind === 'poll' ? POLL_TIMEOUT_MS : CONNECT_TIMEOUT_MS);
    line.begin((on) => transport[kind](from, on), kind === 'poll' ? pollFor(hearer) : streamFor(hearer, alarms));
  }

  const attemptIn = (delayMs: number): void => alarms.set('attempt', delayMs, attempt);

  function polled(etag: string | undefined): void {
    hangUp();
    knownEtag = etag ?? knownEtag;
    lives();
    attemptIn(course.pollMs());
  }

  /** What the server may count on. */
  const identity = (): Identity | undefined => (isInDoubt ? undefined : sink.identity());

  function took(text: string, leadsTo?: string): boolean {
    const isBroken = sink.take(text, leadsTo) === 'broken';
    if (isBroken) doubt('what came does not parse, follow or sum');
    else isInDoubt = false;
    return !isBroken;
  }

  function doubt(reason: string): void {
    isInDoubt = true;
    failed({ reason });
  }

  function streamLives(): void {
    course.streams();
    if (!alarms.has('health')) alarms.set('health', HEALTHY_MS, course.healthy);
    lives();
  }

  function lives(): void {
    alarms.clear('lost');
    sink.report('live');
  }

  function wait(timeoutMs: number): void {
    alarms.set('patience', timeoutMs, () => failed({ reason: `no answer within ${timeoutMs / 1_000} s` }));
  }

  function silent(): void {
    const reason = 'the stream went silent';
    sink.report('lost', reason);
    failed({ reason });
  }

  function failed(failure: Failure): void {
    hangUp();
    if (isRefusal(failure)) {
      alarms.clear('lost');
      sink.report('refused', failure.reason);
    } else lost(failure.reason);
    attemptIn(course.failed(failure));
  }

  function lost(reason: string | undefined): void {
    if (!alarms.has('lost')) alarms.set('lost', LOST_GRACE_MS, () => sink.report('lost', reason));
  }

  function hangUp(): void {
    line.drop();
    alarms.clear('patience', 'silence', 'health', 'attempt');
  }

  function sleep(): void {
    hangUp();
    lost('asleep');
  }

  const hearer: Hearer = { identity, took, polled, streamLives, doubt, failed, wait, silent, has: () => !!sink.identity() };
  return {
    attempt,
    sleep,
    wake() {
      sleep();
      attemptIn(course.hurry());
    },
    close() {
      hangUp();
      alarms.clear('lost');
    },
  };
}

/** What comes of an exchange. */
interface Hearer {
  readonly identity: () => Identity | undefined;
  /** Whether there is a state at all. */
  readonly has: () => boolean;
  /** False if it was broken. */
  readonly took: (text: string, leadsTo?: string) => boolean;
  readonly polled: (etag: string | undefined) => void;
  readonly streamLives: () => void;
  readonly doubt: (reason: string) => void;
  readonly failed: (failure: Failure) => void;
  readonly wait: (timeoutMs: number) => void;
  readonly silent: () => void;
}

const pollFor = ({ took, has, polled, failed }: Hearer): Exchange => ({
  opened() {},
  received: (_event, text) => void took(text),
  ended(ending) {
    const isAnswer = ending.status === 200 || ending.status === 304;
    if (isAnswer && has()) polled(ending.etag);
    else failed(ending);
  },
});

function streamFor({ identity, took, streamLives, doubt, failed, wait, silent }: Hearer, alarms: Alarms): Exchange {
  let silenceMs = HEARTBEAT_MS * HEARTBEATS_MISSED;
  const interpret = createInterpreter({
    identity,
    take: (text, leadsTo) => took(text, leadsTo) && streamLives(),
    live: streamLives,
    doubt,
    heartbeat: (everyMs) => void (silenceMs = within(SHORTEST_HEARTBEAT_MS, everyMs, LONGEST_HEARTBEAT_MS) * HEARTBEATS_MISSED),
    failed,
  });
  return {
    opened: () => wait(FIRST_EVENT_TIMEOUT_MS),
    received(event, data, id) {
      alarms.clear('patience');
      alarms.set('silence', silenceMs, silent);
      interpret(event, data, id);
    },
    ended: failed,
  };
}

const within = (least: number, value: number, most: number): number => Math.max(least, Math.min(value, most));
