import { expect, it } from 'vitest';
import { createAlarms } from './alarms.ts';
import { TestClock } from './world.test-kit.ts';

function setUp() {
  const clock = new TestClock();
  const rung: string[] = [];
  const alarms = createAlarms(clock);
  return { clock, rung, alarms, set: (name: string, delayMs: number) => alarms.set(name, delayMs, () => rung.push(name)) };
}

it('rings each deadline once, on one timer', () => {
  const { clock, rung, set } = setUp();
  set('late', 300);
  set('early', 100);
  set('as late', 300);
  expect(clock.timers.size).toBe(1);
  clock.advance(100);
  expect(rung).toEqual(['early']);
  clock.advance(1_000);
  expect(rung).toEqual(['early', 'late', 'as late']);
  expect(clock.timers.size).toBe(0);
});

it('rings a deadline that was moved only then, and one that was cleared never', () => {
  const { clock, rung, alarms, set } = setUp();
  set('moved', 100);
  set('cleared', 100);
  set('moved', 200);
  alarms.clear('cleared');
  clock.advance(199);
  expect(rung).toEqual([]);
  clock.advance(1);
  expect(rung).toEqual(['moved']);
});

it.each([Infinity, 2 ** 40])('keeps a deadline of %d ms without ringing early', (delayMs) => {
  const { clock, rung, set } = setUp();
  set('far', delayMs);
  clock.advance(2 ** 32);
  expect(rung).toEqual([]);
  expect(clock.timers.size).toBe(1);
});

it('has nothing left once closed, and takes nothing more', () => {
  const { clock, rung, alarms, set } = setUp();
  set('before', 100);
  alarms.close();
  set('after', 100);
  clock.advance(1_000);
  expect(rung).toEqual([]);
  expect(clock.timers.size).toBe(0);
});
