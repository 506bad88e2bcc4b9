import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { paced } from './paced.ts';

const workMs = 300;
const pauseMs = 1_000;

describe('paced work', () => {
  let done: number;
  let begun: number;
  const work = () => {
    begun += 1;
    return new Promise<void>((resolve) => setTimeout(resolve, workMs)).then(() => void (done += 1));
  };
  beforeEach(() => {
    vi.useFakeTimers();
    [begun, done] = [0, 0];
  });
  afterEach(() => void vi.useRealTimers());

  it('begins at once when nothing is under way', () => {
    paced(work, pauseMs).ask();
    expect(begun).toBe(1);
  });

  it('makes one of what is asked for meanwhile, and never leaves it out', async () => {
    const { ask } = paced(work, pauseMs);
    for (let index = 0; index < 50; index += 1) ask();
    await vi.advanceTimersByTimeAsync(workMs + pauseMs - 1);
    expect({ begun, done }).toEqual({ begun: 1, done: 1 });
    await vi.advanceTimersByTimeAsync(1);
    expect(begun).toBe(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect({ begun, done }).toEqual({ begun: 2, done: 2 });
  });

  it('goes on after work that failed', async () => {
    const failing = vi.fn<() => Promise<never>>(() => Promise.reject(new Error('no')));
    const { ask } = paced(() => failing().catch(() => undefined), pauseMs);
    ask();
    await vi.advanceTimersByTimeAsync(pauseMs);
    ask();
    expect(failing).toHaveBeenCalledTimes(2);
  });

  it('does nothing more once it is stopped', async () => {
    const { ask, stop } = paced(work, pauseMs);
    ask();
    ask();
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    ask();
    expect(begun).toBe(1);
  });
});
