import type { FlagSet } from '@taffrail/engine';
import type { Alarms } from './alarms.ts';
import { LONGEST_SLEEP_MS } from './limits.ts';
import { createListeners, type Listeners } from './listeners.ts';
import type { Names } from './names.ts';
import type { Clock } from './platform.ts';
import { createTimetable } from './timetable.ts';

/** Tells listeners when answers may have become others: because the state did, or because time passed. */
export interface Changes {
  add: Listeners['add'];
  /** The items of these names differ; without names, all may. */
  readonly happened: (set: FlagSet, names?: Names) => void;
  /** Whether any answer depends on the time. */
  readonly isTimed: () => boolean;
  readonly clear: () => void;
}

export function createChanges(clock: Clock, alarms: Alarms, failed: (error: unknown) => void): Changes {
  const listeners = createListeners(failed);
  const timetable = createTimetable();
  let current: FlagSet | undefined;
  /** Everything up to this moment has been announced. */
  let watchedMs = 0;

  function watch(): void {
    const nowMs = clock.nowMs();
    if (!alarms.has('time')) watchedMs = nowMs;
    const nextMs = listeners.count() > 0 ? timetable.nextMs(watchedMs) : undefined;
    if (nextMs === undefined) alarms.clear('time');
    else alarms.set('time', Math.min(Math.max(0, nextMs - nowMs), LONGEST_SLEEP_MS), timePassed);
  }

  function timePassed(): void {
    const names = timetable.between(watchedMs, clock.nowMs());
    watch();
    listeners.announce(current, names);
  }

  return {
    add(key, listener) {
      const remove = listeners.add(key, listener);
      watch();
      return remove;
    },
    happened(set, names) {
      current = set;
      timetable.read(set, names);
      watch();
      listeners.announce(set, names);
    },
    isTimed: () => !timetable.isEmpty(),
    clear() {
      listeners.clear();
      alarms.clear('time');
    },
  };
}
