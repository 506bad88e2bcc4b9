import type { Alarms } from './alarms.ts';
import { READY_TIMEOUT_MS } from './limits.ts';

/**
 * OpenFeature's states of a provider. `NOT_READY`: no news yet, or closed. `READY`: the values are the newest. `STALE`: they may not
 * be. `ERROR`: there are none, or the server refuses the key. `FATAL`: a mistake in the program. None of them makes a value worse.
 */
export type State = 'NOT_READY' | 'READY' | 'STALE' | 'ERROR' | 'FATAL';

/** Called with the state that was entered. */
export type StateListener = (state: State) => unknown;

export interface States {
  readonly current: () => State;
  /** Enters a state; `settled` says that there is nothing better to wait for. */
  readonly enter: (state: State, settled: boolean) => void;
  /** Calls back with each state that is entered, until the returned function is called. */
  readonly listen: (listener: StateListener) => () => void;
  /** However settled the state is, nobody is told before the returned function is called. */
  readonly hold: () => () => void;
  /** Resolves to the state: once it is settled, and at the latest when the time is up. */
  ready(timeoutMs?: number): Promise<State>;
}

/** `failed` is told what a listener threw; the others are called all the same. */
export function createStates(alarms: Alarms, failed: (error: unknown) => void): States {
  const waiting = new Set<() => void>();
  const listeners = new Set<StateListener>();
  let current: State = 'NOT_READY';
  let isSettled = false;
  let isHeld = false;
  const tell = (): void => {
    if (isSettled && !isHeld) for (const resolve of waiting) resolve();
  };

  return {
    current: () => current,
    enter(state, settled) {
      const isNews = state !== current;
      current = state;
      isSettled = settled;
      tell();
      // Called at once; what it throws, now or later, comes out as a rejection.
      if (isNews) for (const listener of listeners) (async () => listener(state))().catch(failed);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    hold() {
      isHeld = true;
      return () => {
        isHeld = false;
        tell();
      };
    },
    ready: (timeoutMs = READY_TIMEOUT_MS) =>
      new Promise((resolve) => {
        if (isSettled && !isHeld) return resolve(current);
        const done = (): void => {
          waiting.delete(done);
          alarms.clear(done);
          resolve(current);
        };
        waiting.add(done);
        alarms.set(done, timeoutMs, done);
      }),
  };
}
