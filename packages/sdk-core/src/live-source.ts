import { type Failure, createCourse, isRefusal } from './course.ts';
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
import type { Platform, Transport } from './platform.ts';
import type { Source } from './source.ts';
import { createInterpreter } from './stream-events.ts';

/**
 * States from the server: by a stream where that works, by polls where it does not. There is one exchange, or one next
 * attempt, at any time.
 */
export function liveSource(transport: Transport, platform: Pick<Platform, 'clock' | 'random'>): Source {
  return (sink, alarms) => {
    const line = createLine();
    const course = createCourse(platform);
    let etag: string | undefined;
    /** The state at hand does not agree with the server's: ask for a whole one. */
    let inDoubt = false;

    const identity = () => (inDoubt ? undefined : sink.identity());

    function attempt(): void {
      const kind = course.choose(sink.identity() !== undefined);
      const own = identity();
      const from = own ? { position: `${own.epoch}.${own.revision}`, etag } : {};
      patience(kind === 'poll' ? POLL_TIMEOUT_MS : CONNECT_TIMEOUT_MS);
      line.begin((on) => transport[kind](from, on), kind === 'poll' ? poll() : stream());
    }

    const poll = () => ({
      opened() {},
      received: (_event: string, text: string) => void take(text),
      ended(ending: Failure) {
        const isAnswer = ending.status === 200 || ending.status === 304;
        if (!isAnswer || !sink.identity()) return failed(ending);
        hangUp();
        if (ending.etag) etag = ending.etag;
        live();
        alarms.set('attempt', course.pollMs(), attempt);
      },
    });

    function stream() {
      let silenceMs = HEARTBEAT_MS * HEARTBEATS_MISSED;
      const interpret = createInterpreter({
        identity,
        take: (text, leadsTo) => take(text, leadsTo) && streamLives(),
        live: streamLives,
        doubt,
        heartbeat: (everyMs) =>
          void (silenceMs = within(SHORTEST_HEARTBEAT_MS, everyMs, LONGEST_HEARTBEAT_MS) * HEARTBEATS_MISSED),
        failed,
      });
      return {
        opened: () => patience(FIRST_EVENT_TIMEOUT_MS),
        received(event: string, data: string, id?: string) {
          alarms.clear('patience');
          alarms.set('silence', silenceMs, silent);
          interpret(event, data, id);
        },
        ended: failed,
      };
    }

    function take(text: string, leadsTo?: string): boolean {
      if (sink.take(text, leadsTo) === 'broken') {
        doubt('what came does not parse, follow or sum');
        return false;
      }
      inDoubt = false;
      return true;
    }

    function doubt(reason: string): void {
      inDoubt = true;
      failed({ reason });
    }

    function streamLives(): void {
      course.streams();
      if (!alarms.has('health')) alarms.set('health', HEALTHY_MS, course.healthy);
      live();
    }

    function live(): void {
      alarms.clear('lost');
      sink.report('live');
    }

    function patience(timeoutMs: number): void {
      alarms.set('patience', timeoutMs, () => failed({ reason: `no answer within ${timeoutMs / 1_000} s` }));
    }

    function silent(): void {
      sink.report('lost', 'the stream went silent');
      failed({ reason: 'the stream went silent' });
    }

    function failed(failure: Failure): void {
      hangUp();
      if (isRefusal(failure)) refused(failure);
      else lost(failure.reason);
      alarms.set('attempt', course.failed(failure), attempt);
    }

    function refused({ status, reason }: Failure): void {
      alarms.clear('lost');
      sink.report('refused', status ? `it answered ${status}` : reason);
    }

    function lost(reason?: string): void {
      if (!alarms.has('lost')) alarms.set('lost', LOST_GRACE_MS, () => sink.report('lost', reason));
    }

    function hangUp(): void {
      line.drop();
      alarms.clear('patience', 'silence', 'health', 'attempt');
    }

    function sleep(): void {
      hangUp();
      lost();
    }

    function wake(): void {
      sleep();
      alarms.set('attempt', course.hurry(), attempt);
    }

    function close(): void {
      hangUp();
      alarms.clear('lost');
    }

    attempt();
    return { sleep, wake, close };
  };
}

const within = (least: number, value: number, most: number): number => Math.max(least, Math.min(value, most));
