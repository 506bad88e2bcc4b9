/** Wakes whoever waits for it; a ring while nobody waits ends the next wait at once. */
export interface Alarm {
  ring(): void;
  /** Resolves at a ring, after a while, or when the signal is aborted. */
  wait(longestMs: number, signal: AbortSignal): Promise<void>;
}

export function createAlarm(): Alarm {
  let hasRung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      hasRung = true;
      wake?.();
    },
    async wait(longestMs, signal) {
      if (!hasRung && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(done, longestMs);
          function done(): void {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            resolve();
          }
          signal.addEventListener('abort', done);
          wake = done;
        });
        wake = undefined;
      }
      hasRung = false;
    },
  };
}
