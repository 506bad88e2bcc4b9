import type { Json, Resolution } from '@taffrail/engine';
import { expect, it } from 'vitest';
import { createLastSeen } from './last-seen.ts';

const answer = (value: Json): Resolution => ({ value, reason: 'STATIC', flagMetadata: {} });

it.each<[string, Json, Json, boolean]>([
  ['another value', false, true, true],
  ['the same value', 'M', 'M', false],
  ['another object that says the same', { size: 5 }, { size: 5 }, false],
  ['an object that says something else', { size: 5 }, { size: 6 }, true],
  ['nothing instead of something', null, {}, true],
])('tells of %s', (_, before, after, isTold) => {
  const lastSeen = createLastSeen();
  expect(lastSeen('here', answer(before))).toBeUndefined();
  expect(lastSeen('there', answer(after))).toBeUndefined();
  expect(lastSeen('here', answer(after))).toEqual(isTold ? answer(before) : undefined);
});

it('forgets what was not asked for longest, so that it never grows', () => {
  const lastSeen = createLastSeen();
  const first = answer(false);
  lastSeen('kept', first);
  lastSeen('forgotten', first);
  for (let other = 0; other < 999; other++) {
    lastSeen('kept', first);
    lastSeen(`other ${other}`, first);
  }
  expect(lastSeen('forgotten', answer(true))).toBeUndefined();
  expect(lastSeen('kept', answer(true))).toBe(first);
});
