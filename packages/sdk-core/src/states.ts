import type { Alarms } from './alarms.ts';
import { READY_TIMEOUT_MS } from './limits.ts';

/**
 * OpenFeature's states of a provider. `NOT_READY`: no news yet, or closed. `READY`: the values are the newest. `STALE`: they may not
 * be. `ERROR`: there are none, or the server refuses the key. `FATAL`: a mistake in the program. None of them makes a value worse.
 */
export type State = 'NOT_READY' | 'READY' | 'STALE' | 'ERROR' | 'FATAL';

export interface States {
  readonly current: () => State;
  /** Enters a state; `settled` says that there is nothing better to wait for. */
  readonly enter: (state: State, settled: boolean) => void;
  /** However settled the state is, nobody is told before the returned function is called. */
  readonly hold: () => () => void;
  /** Resolves to the state: once it is settled, and at the latest when the time is up. */
  ready(timeoutMs?: number): Promise<State>;
}

export function createStates(alarms: Alarms): States {
  const waiting = new Set<() => void>();
  let current: State = 'NOT_READY';
  let isSettled = false;
  let isHeld = false;
  const tell = (): void => {
    if (isSettled && !isHeld) for (const resolve of waiting) resolve();
  };

  return {
    current: () => current,
    enter(state, settled) {
      current = state;
      isSettled = settled;
      tell();
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
