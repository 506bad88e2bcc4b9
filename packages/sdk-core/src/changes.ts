import type { FlagSet } from '@taffrail/engine';
import type { Alarms } from './alarms.ts';
import { fingerprint } from './fingerprint.ts';
import { LONGEST_SLEEP_MS } from './limits.ts';
import type { Clock } from './platform.ts';

/** Called after the state was replaced. */
export type ChangeListener = () => unknown;

/** How a document, as servers write it, says that an answer changes at a moment. */
const MOMENT = /"time":\{"\w+":("[^"]*"|\d+)/g;

interface Registration {
  readonly flag: string | undefined;
  readonly listener: ChangeListener;
  print: string;
}

/** Tells listeners when answers may have become others: because the state did, because time passed, or because it is said so. */
export interface Changes {
  /** Until the returned function is called. Without a flag the listener hears of everything. */
  readonly add: (flag: string | undefined, listener: ChangeListener) => () => void;
  /** The state is this set now; `text` brought it. */
  readonly happened: (set: FlagSet, text: string) => void;
  /** Every answer may be another. */
  readonly announce: () => void;
  /** Whether any answer depends on the time. */
  readonly isTimed: () => boolean;
  readonly clear: () => void;
}

/** `failed` is told what a listener threw; the others are called all the same. */
export function createChanges(clock: Clock, alarms: Alarms, failed: (error: unknown) => void): Changes {
  const registrations = new Set<Registration>();
  /** Moments of conditions that are gone stay: at worst a change is announced that is none. */
  const momentsMs = new Set<number>();
  let current: FlagSet | undefined;
  /** Everything up to this moment has been announced. */
  let watchedMs = 0;

  const printOf = (flag: string | undefined): string => (flag === undefined ? '' : fingerprint(current, flag));

  function announce(concerns: (registration: Registration) => boolean = () => true): void {
    for (const registration of [...registrations].filter(concerns)) {
      // Called at once; what it throws, now or later, comes out as a rejection.
      (async () => registration.listener())().catch(failed);
    }
  }

  /** Marks the registration as told. */
  function differs(registration: Registration): boolean {
    const before = registration.print;
    registration.print = printOf(registration.flag);
    return registration.flag === undefined || registration.print !== before;
  }

  function watch(): void {
    const nowMs = clock.nowMs();
    if (!alarms.has('time')) watchedMs = nowMs;
    const later = [...momentsMs].filter((ms) => ms > watchedMs);
    if (later.length === 0 || registrations.size === 0) alarms.clear('time');
    else alarms.set('time', Math.min(Math.max(0, Math.min(...later) - nowMs), LONGEST_SLEEP_MS), timePassed);
  }

  function timePassed(): void {
    const [fromMs, toMs] = [watchedMs, clock.nowMs()].sort((a, b) => a - b) as [number, number];
    watch();
    if ([...momentsMs].some((ms) => ms > fromMs && ms <= toMs)) announce();
  }

  return {
    add(flag, listener) {
      const registration = { flag, listener, print: printOf(flag) };
      registrations.add(registration);
      watch();
      return () => void registrations.delete(registration);
    },
    happened(set, text) {
      current = set;
      for (const [, moment = ''] of text.matchAll(MOMENT))
        momentsMs.add(new Date(JSON.parse(moment) as string | number).getTime());
      watch();
      announce(differs);
    },
    announce: () => announce(),
    isTimed: () => momentsMs.size > 0,
    clear() {
      registrations.clear();
      alarms.clear('time');
    },
  };
}
