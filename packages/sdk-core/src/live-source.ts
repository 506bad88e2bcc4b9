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
    const source = new LiveSource(transport, createCourse(platform), sink, alarms);
    source.attempt();
    return source;
  };
}

class LiveSource implements RunningSource {
  readonly #line = createLine();
  readonly #transport: Transport;
  readonly #course: Course;
  readonly #sink: Sink;
  readonly #alarms: Alarms;
  #etag: string | undefined;
  /** The state at hand does not agree with the server's: ask for a whole one. */
  #inDoubt = false;

  constructor(transport: Transport, course: Course, sink: Sink, alarms: Alarms) {
    this.#transport = transport;
    this.#course = course;
    this.#sink = sink;
    this.#alarms = alarms;
  }

  sleep(): void {
    this.#hangUp();
    this.#lost('asleep');
  }

  wake(): void {
    this.sleep();
    this.#attemptIn(this.#course.hurry());
  }

  close(): void {
    this.#hangUp();
    this.#alarms.clear('lost');
  }

  attempt(): void {
    const kind = this.#course.choose(this.#sink.identity() !== undefined);
    const own = this.#identity();
    const from = own ? { position: `${own.epoch}.${own.revision}`, etag: this.#etag } : {};
    this.#patience(kind === 'poll' ? POLL_TIMEOUT_MS : CONNECT_TIMEOUT_MS);
    this.#line.begin((on) => this.#transport[kind](from, on), kind === 'poll' ? this.#poll() : this.#stream());
  }

  #attemptIn(delayMs: number): void {
    this.#alarms.set('attempt', delayMs, () => this.attempt());
  }

  #poll(): Exchange {
    return {
      opened() {},
      received: (_event, text) => void this.#take(text),
      ended: (ending) => {
        const isAnswer = ending.status === 200 || ending.status === 304;
        if (!isAnswer || !this.#sink.identity()) return this.#failed(ending);
        this.#hangUp();
        this.#etag = ending.etag ?? this.#etag;
        this.#lives();
        this.#attemptIn(this.#course.pollMs());
      },
    };
  }

  #stream(): Exchange {
    let silenceMs = HEARTBEAT_MS * HEARTBEATS_MISSED;
    const interpret = createInterpreter({
      identity: () => this.#identity(),
      take: (text, leadsTo) => this.#take(text, leadsTo) && this.#streamLives(),
      live: () => this.#streamLives(),
      doubt: (reason) => this.#doubt(reason),
      heartbeat: (everyMs) => void (silenceMs = within(SHORTEST_HEARTBEAT_MS, everyMs, LONGEST_HEARTBEAT_MS) * HEARTBEATS_MISSED),
      failed: (failure) => this.#failed(failure),
    });
    return {
      opened: () => this.#patience(FIRST_EVENT_TIMEOUT_MS),
      received: (event, data, id) => {
        this.#alarms.clear('patience');
        this.#alarms.set('silence', silenceMs, () => this.#silent());
        interpret(event, data, id);
      },
      ended: (ending) => this.#failed(ending),
    };
  }

  /** What the server may count on. */
  #identity(): Identity | undefined {
    return this.#inDoubt ? undefined : this.#sink.identity();
  }

  #take(text: string, leadsTo?: string): boolean {
    const isBroken = this.#sink.take(text, leadsTo) === 'broken';
    if (isBroken) this.#doubt('what came does not parse, follow or sum');
    else this.#inDoubt = false;
    return !isBroken;
  }

  #doubt(reason: string): void {
    this.#inDoubt = true;
    this.#failed({ reason });
  }

  #streamLives(): void {
    this.#course.streams();
    if (!this.#alarms.has('health')) this.#alarms.set('health', HEALTHY_MS, this.#course.healthy);
    this.#lives();
  }

  #lives(): void {
    this.#alarms.clear('lost');
    this.#sink.report('live');
  }

  #patience(timeoutMs: number): void {
    this.#alarms.set('patience', timeoutMs, () => this.#failed({ reason: `no answer within ${timeoutMs / 1_000} s` }));
  }

  #silent(): void {
    const reason = 'the stream went silent';
    this.#sink.report('lost', reason);
    this.#failed({ reason });
  }

  #failed(failure: Failure): void {
    this.#hangUp();
    if (isRefusal(failure)) this.#refused(failure);
    else this.#lost(failure.reason);
    this.#attemptIn(this.#course.failed(failure));
  }

  #refused({ reason }: Failure): void {
    this.#alarms.clear('lost');
    this.#sink.report('refused', reason);
  }

  #lost(reason: string | undefined): void {
    if (!this.#alarms.has('lost')) this.#alarms.set('lost', LOST_GRACE_MS, () => this.#sink.report('lost', reason));
  }

  #hangUp(): void {
    this.#line.drop();
    this.#alarms.clear('patience', 'silence', 'health', 'attempt');
  }
}

const within = (least: number, value: number, most: number): number => Math.max(least, Math.min(value, most));
