import { LONGEST_SLEEP_MS } from './limits.ts';
import type { Clock } from './platform.ts';

/** Any number of named deadlines on one timer. */
export interface Alarms {
  /** Replaces the deadline of this name. */
  readonly set: (name: unknown, delayMs: number, ring: () => void) => void;
  readonly has: (name: unknown) => boolean;
  readonly clear: (...names: unknown[]) => void;
  /** Clears every deadline and refuses new ones. */
  readonly close: () => void;
}

/** The timer runs while there is a deadline, for the earliest; it may ring early, and then only starts again. */
export function createAlarms({ elapsedMs, after }: Clock): Alarms {
  const deadlines = new Map<unknown, { readonly atMs: number; readonly ring: () => void }>();
  let cancel: (() => void) | undefined;
  let isClosed = false;

  function arm(): void {
    cancel?.();
    const earliestMs = Math.min(...[...deadlines.values()].map(({ atMs }) => atMs));
    cancel = deadlines.size > 0 ? after(Math.max(0, Math.min(earliestMs - elapsedMs(), LONGEST_SLEEP_MS)), ring) : undefined;
  }

  function ring(): void {
    for (const [name, deadline] of deadlines) {
      if (deadline.atMs > elapsedMs()) continue;
      deadlines.delete(name);
      deadline.ring();
    }
    arm();
  }

  return {
    set(name, delayMs, ring) {
      if (!isClosed) deadlines.set(name, { atMs: elapsedMs() + delayMs, ring });
      arm();
    },
    has: (name) => deadlines.has(name),
    clear(...names) {
      for (const name of names) deadlines.delete(name);
      arm();
    },
    close() {
      isClosed = true;
      deadlines.clear();
      arm();
    },
  };
}
