import type { HistoryEntry } from '@taffrail/schema';
import type { Hint } from './commits.ts';

type Listener = (hint: Hint, entry: HistoryEntry) => void;

/** Tells all listeners of a commit; one that throws is reported, and hurts neither the commit nor the others. */
export interface Announcer {
  readonly announce: Listener;
  readonly listen: (listener: Listener) => () => void;
}

export function createAnnouncer(onListenerError: (error: unknown) => void): Announcer {
  const listeners = new Set<Listener>();
  return {
    announce(hint, entry) {
      for (const listener of listeners) {
        try {
          listener(hint, entry);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
