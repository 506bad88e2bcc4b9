import { setImmediate as othersTurn } from 'node:timers/promises';

/** How long one piece of work may keep everybody else waiting, in milliseconds. */
const longestTurnMs = 10;

/** To be awaited between pieces of a long work: lets others have their turn when this one has had its own. */
export function breathing(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < longestTurnMs) return;
    await othersTurn();
    began = performance.now();
  };
}
