import { LONGEST_SLEEP_MS } from './limits.ts';
import type { Clock } from './platform.ts';

/** Any number of named deadlines on one timer. */
export interface Alarms {
  /** Replaces the deadline of this name. */
  set(name: unknown, delayMs: number, ring: () => void): void;
  has(name: unknown): boolean;
  clear(...names: unknown[]): void;
  /** Clears every deadline and refuses new ones. */
  close(): void;
}

/** The timer runs for the earliest deadline only; it may ring early, never for nobody. */
export function createAlarms(clock: Clock): Alarms {
  const deadlines = new Map<unknown, { readonly atMs: number; readonly ring: () => void }>();
  let cancel: (() => void) | undefined;
  let closed = false;

  function arm(): void {
    cancel?.();
    cancel = undefined;
    if (deadlines.size === 0) return;
    const earliestMs = Math.min(...[...deadlines.values()].map(({ atMs }) => atMs));
    cancel = clock.after(Math.max(0, Math.min(earliestMs - clock.elapsedMs(), LONGEST_SLEEP_MS)), ringDue);
  }

  function ringDue(): void {
    const nowMs = clock.elapsedMs();
    for (const [name, { atMs, ring }] of [...deadlines].sort(([, a], [, b]) => a.atMs - b.atMs)) {
      // One that rang may have moved or cleared the next.
      if (atMs > nowMs || deadlines.get(name)?.ring !== ring) continue;
      deadlines.delete(name);
      ring();
    }
    arm();
  }

  return {
    set(name, delayMs, ring) {
      if (closed) return;
      deadlines.set(name, { atMs: clock.elapsedMs() + delayMs, ring });
      arm();
    },
    has: (name) => deadlines.has(name),
    clear(...names) {
      for (const name of names) deadlines.delete(name);
      arm();
    },
    close() {
      closed = true;
      deadlines.clear();
      arm();
    },
  };
}
