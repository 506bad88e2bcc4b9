import type { FlagSet } from '@taffrail/engine';
import type { Alarms } from './alarms.ts';
import { fingerprint } from './fingerprint.ts';
import { createMoments } from './moments.ts';
import type { Clock } from './platform.ts';

/** Called after the state was replaced. */
export type ChangeListener = () => unknown;

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
  const moments = createMoments(clock, alarms, announce);
  let current: FlagSet | undefined;

  const watch = (): void => moments.watch(registrations.size > 0);
  const printOf = (flag: string | undefined): string => (flag === undefined ? '' : fingerprint(current, flag));

  function announce(concerned: readonly Registration[] = [...registrations]): void {
    for (const { listener } of concerned) {
      // Called at once; what it throws, now or later, comes out as a rejection.
      (async () => listener())().catch(failed);
    }
  }

  /** Whether the registration is to be told, and takes down that it was. */
  function differs(registration: Registration): boolean {
    const before = registration.print;
    registration.print = printOf(registration.flag);
    return registration.flag === undefined || registration.print !== before;
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
      moments.read(text);
      watch();
      announce([...registrations].filter(differs));
    },
    announce: () => announce(),
    isTimed: () => !moments.isEmpty(),
    clear() {
      registrations.clear();
      watch();
    },
  };
}
