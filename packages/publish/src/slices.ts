import { setImmediate as nextTurn } from 'node:timers/promises';

/** So many streams are written to before others get their turn. */
const SLICE_STREAMS = 500;

/** Visits all, in turns of the event loop. What is added meanwhile is visited too, what is removed is not. */
export async function inSlices<T>(all: Iterable<T>, visit: (one: T) => void): Promise<void> {
  let visited = 0;
  for (const one of all) {
    visit(one);
    visited += 1;
    if (visited % SLICE_STREAMS === 0) await nextTurn();
  }
}
