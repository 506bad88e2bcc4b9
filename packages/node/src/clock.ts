import type { Clock } from '@taffrail/sdk-core';

/** The clocks of this machine. No timer keeps the process alive. */
export const clock: Clock = {
  nowMs: () => Date.now(),
  elapsedMs: () => performance.now(),
  after(delayMs, ring) {
    const timer = setTimeout(ring, delayMs).unref();
    return () => clearTimeout(timer);
  },
};
