import { expect, it } from 'vitest';
import { measure } from './child.mjs';

/** The smallest thing that an evaluation could leave behind; less is what reading the heap costs. */
const SMALLEST_OBJECT_BYTES = 16;
const speed = new URL('evaluation/speed.child.mjs', import.meta.url);
const cases = ['W1', 'W2', 'W4'].flatMap((workload) => ['value', 'details'].map((name) => [name, workload] as const));

// The built SDK, once it is warm: the figures of the benchmark, without its times.
it.each(cases)('%s allocates nothing under %s', async (name, workload) => {
  const execArgv = ['--expose-gc', '--min-semi-space-size=64'];
  const { bytes } = (await measure(speed, [name, workload, 'quick'], { execArgv })) as { bytes: number };
  expect(bytes).toBeLessThan(SMALLEST_OBJECT_BYTES);
});
