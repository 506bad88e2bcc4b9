import { setTimeout as wait } from 'node:timers/promises';

/**
 * The act, done as seldom as may be: who asks while it runs waits for the next run, and all who wait share that one. So nobody
 * gets an answer from before they asked. Between two runs there is a pause.
 */
export function latest(act: () => Promise<void>, pauseMs: number): () => Promise<void> {
  let next: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return () => (next ??= after());

  async function after(): Promise<void> {
    await last;
    next = undefined;
    const running = act();
    last = running.catch(() => {}).then(() => wait(pauseMs, undefined, { ref: false }));
    return running;
  }
}
