import {
  FIRST_RETRY_MS,
  LONGEST_RETRY_MS,
  LONGEST_TOLD_RETRY_MS,
  POLL_EVERY_MS,
  REFUSED_RETRY_MS,
  STREAM_AGAIN_MS,
  STREAM_FAILING_MS,
} from './limits.ts';
import type { Ending, Platform } from './platform.ts';

/** How an exchange failed; `fatal` is the server's word that trying again changes nothing. */
export interface Failure extends Ending {
  readonly fatal?: boolean | undefined;
}

/** Which exchange comes next, and when. Every delay is drawn, so that a crowd of clients spreads out. */
export interface Course {
  readonly choose: (hasState: boolean) => 'stream' | 'poll';
  /** Takes a failure in; the delay before the next attempt. */
  readonly failed: (failure: Failure) => number;
  /** A stream is at work. */
  readonly streams: () => void;
  /** It has been for long enough to start over with the first retry. */
  readonly healthy: () => void;
  /** The delay between two polls that succeed. */
  readonly pollMs: () => number;
  /** The delay before an attempt that somebody waits for. */
  readonly hurry: () => number;
}

const REFUSALS: readonly unknown[] = [401, 403, 404];
/** The server will not speak to us until somebody changes something. */
export const isRefusal = ({ status, fatal }: Failure): boolean => fatal === true || REFUSALS.includes(status);

export function createCourse({ clock, random }: Pick<Platform, 'clock' | 'random'>): Course {
  let retries = 0;
  let polling = false;
  /** Since when no stream has lived. */
  let failingSinceMs = Infinity;
  let streamAgainMs = 0;
  let notBeforeMs = 0;

  const between = (leastMs: number, mostMs: number): number => leastMs + (mostMs - leastMs) * random();
  const backoff = (): number => {
    const mostMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** retries++);
    return between(mostMs / 2, mostMs);
  };
  const pollMs = (): number => between(POLL_EVERY_MS * 0.8, POLL_EVERY_MS * 1.2);
  const fallenBack = (): boolean => clock.elapsedMs() - failingSinceMs >= STREAM_FAILING_MS;

  return {
    choose(hasState) {
      // Without any state a poll follows each stream that failed: values now, not after a minute.
      const starved = !hasState && !polling && failingSinceMs < Infinity;
      polling = starved || (fallenBack() && clock.elapsedMs() < streamAgainMs);
      return polling ? 'poll' : 'stream';
    },
    failed(failure) {
      const nowMs = clock.elapsedMs();
      const refused = isRefusal(failure);
      failingSinceMs = refused ? Infinity : Math.min(failingSinceMs, nowMs);
      if (!polling) streamAgainMs = nowMs + STREAM_AGAIN_MS;
      const asked = toldMs(failure.retryAfterMs) ?? (refused ? between(REFUSED_RETRY_MS / 2, REFUSED_RETRY_MS) : undefined);
      notBeforeMs = nowMs + (asked ?? 0);
      // A stream tried in vain while polls do its work must not make the next poll late.
      return asked ?? (!fallenBack() ? backoff() : polling ? pollMs() : 0);
    },
    streams: () => void (failingSinceMs = Infinity),
    healthy: () => void (retries = 0),
    pollMs,
    hurry() {
      retries = 0;
      return Math.max(0, notBeforeMs - clock.elapsedMs());
    },
  };
}

/** What the server asked for, up to 5 min. */
const toldMs = (asked: unknown): number | undefined =>
  typeof asked === 'number' && asked >= 0 ? Math.min(asked, LONGEST_TOLD_RETRY_MS) : undefined;
