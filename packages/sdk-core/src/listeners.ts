import type { FlagSet } from '@taffrail/engine';
import type { Names } from './names.ts';
import { reach } from './reach.ts';

/** Called after the state was replaced. */
export type ChangeListener = () => unknown;

interface Registration {
  readonly key: string | undefined;
  readonly listener: ChangeListener;
  /** Holds as long as none of the items in it changes, for only those say what is reached. */
  reached?: Names | undefined;
}

export interface Listeners {
  /** Until the returned function is called. Without a key the listener hears of everything. */
  readonly add: (key: string | undefined, listener: ChangeListener) => () => void;
  readonly count: () => number;
  /** Calls those whose flag, or what it depends on, is among the names; without names, all. */
  readonly announce: (set: FlagSet | undefined, names?: Names) => void;
  readonly clear: () => void;
}

/** `failed` is told what a listener threw; the others are called all the same. */
export function createListeners(failed: (error: unknown) => void): Listeners {
  const registrations = new Set<Registration>();

  function concerns(registration: Registration, set: FlagSet, names: Names): boolean {
    if (registration.key === undefined) return names.size > 0;
    registration.reached ??= reach(set, registration.key);
    for (const name of names) if (registration.reached.has(name)) return true;
    return false;
  }

  return {
    add(key, listener) {
      const registration: Registration = { key, listener };
      registrations.add(registration);
      return () => void registrations.delete(registration);
    },
    count: () => registrations.size,
    announce(set, names) {
      const concerned = [...registrations].filter((one) => !set || !names || concerns(one, set, names));
      for (const registration of concerned) {
        registration.reached = undefined;
        // Called at once; what it throws, now or later, comes out as a rejection.
        (async () => registration.listener())().catch(failed);
      }
    },
    clear: () => registrations.clear(),
  };
}
