import { expect, it } from 'vitest';
import { createAllowance } from './allowance.ts';

const taken = (count: number, take: () => void) => {
  let passed = 0;
  for (let i = 0; i < count; i++) {
    try {
      take();
      passed++;
    } catch {
      break;
    }
  }
  return passed;
};

it('lets a burst through, then a steady rate', () => {
  const allowance = createAllowance({ burst: 10, perMinute: 10 });
  expect(taken(1_000, () => allowance.take('ana', 0))).toBe(10);
  expect(taken(1_000, () => allowance.take('ana', 60_000))).toBe(10);
  expect(taken(1_000, () => allowance.take('ana', 66_000))).toBe(1);
});

it('says how long to wait', () => {
  const allowance = createAllowance({ burst: 1, perMinute: 10 });
  allowance.take('ana', 0);
  expect(() => allowance.take('ana', 1_000)).toThrow(
    expect.objectContaining({ code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 5, message: 'Too many tries. Wait 5 seconds.' }),
  );
});

it('counts each name by itself, and forgives', () => {
  const allowance = createAllowance({ burst: 1, perMinute: 1 });
  allowance.take('ana', 0);
  allowance.take('ben', 0);
  allowance.forgive('ana');
  expect(taken(2, () => allowance.take('ana', 0))).toBe(1);
  expect(taken(1, () => allowance.take('ben', 0))).toBe(0);
});

it('is not widened by a clock that goes back', () => {
  const allowance = createAllowance({ burst: 1, perMinute: 60 });
  allowance.take('ana', 100_000);
  expect(taken(1, () => allowance.take('ana', 0))).toBe(0);
});

it('keeps no more names than fit', () => {
  const allowance = createAllowance({ burst: 1, perMinute: 1 });
  allowance.take('first', 0);
  for (let i = 0; i < 20_000; i++) allowance.take(`name ${i}`, 0);
  expect(taken(1, () => allowance.take('first', 0))).toBe(1);
  expect(taken(1, () => allowance.take('name 19999', 0))).toBe(0);
});

it('goes on where another one ended, and forgets who has everything back', () => {
  const allowance = createAllowance({ burst: 2, perMinute: 1 });
  taken(2, () => allowance.take('ana', 0));
  allowance.take('ben', -600_000);
  const spent = allowance.spent(1_000, 10);
  expect(spent).toEqual([['ana', 0, 0]]);
  const next = createAllowance({ burst: 2, perMinute: 1 }, JSON.parse(JSON.stringify(spent)));
  expect(taken(1, () => next.take('ana', 1_000))).toBe(0);
  expect(taken(9, () => next.take('ben', 1_000))).toBe(2);
  expect(taken(9, () => next.take('ana', 120_000))).toBe(1);
});

it('hands on the latest names only', () => {
  const allowance = createAllowance({ burst: 1, perMinute: 1 });
  for (const name of ['ana', 'ben', 'cem']) allowance.take(name, 0);
  expect(allowance.spent(0, 2).map(([name]) => name)).toEqual(['ben', 'cem']);
});
