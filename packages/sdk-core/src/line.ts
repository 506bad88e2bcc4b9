import type { Exchange } from './platform.ts';

/** Holds at most one exchange with the server. */
export interface Line {
  /** Gives up the exchange at hand and starts another. */
  begin(start: (on: Exchange) => () => void, on: Exchange): void;
  drop(): void;
}

/** Whatever an abandoned exchange still says is not heard, for its generation has passed. */
export function createLine(): Line {
  let generation = 0;
  let hangUp: (() => void) | undefined;

  function drop(): void {
    generation++;
    hangUp?.();
    hangUp = undefined;
  }

  return {
    drop,
    begin(start, on) {
      drop();
      const mine = generation;
      const heard =
        <Said extends unknown[]>(act: (...said: Said) => void) =>
        (...said: Said): void => {
          if (mine === generation) act(...said);
        };
      const end = start({ opened: heard(on.opened), received: heard(on.received), ended: heard(on.ended) });
      // A transport may end an exchange before it returns.
      if (mine === generation) hangUp = end;
      else end();
    },
  };
}
