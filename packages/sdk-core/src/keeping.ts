import type { Alarms } from './alarms.ts';
import { KEEP_DELAY_MS } from './limits.ts';
import type { Shelf } from './platform.ts';

/** Keeps the last good state beyond the process. */
export interface Keeping {
  /** The state has changed. */
  later(): void;
  /** Writes what is not written yet. */
  now(): Promise<void>;
}

/** Changes that follow each other are written once, and one write after the other. A write that fails is followed by the next. */
export function createKeeping(shelf: Shelf, alarms: Alarms, text: () => string | undefined): Keeping {
  let written = Promise.resolve();
  let isDue = false;

  function now(): Promise<void> {
    const kept = isDue ? text() : undefined;
    isDue = false;
    alarms.clear('keep');
    if (kept !== undefined) written = written.then(() => shelf.write(kept)).catch(() => {});
    return written;
  }

  return {
    now,
    later() {
      if (isDue) return;
      isDue = true;
      alarms.set('keep', KEEP_DELAY_MS, () => void now());
    },
  };
}
