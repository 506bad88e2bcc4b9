import { expect, it } from 'vitest';
import { nearest } from './nearest.ts';

const flags = ['new-issue-stream', 'new-issue-stream-api', 'letter-avatars'];

it.each([
  ['a letter too few', 'new-isue-stream', 'new-issue-stream'],
  ['two letters swapped', 'new-issue-straem', 'new-issue-stream'],
  ['another case', 'NEW-ISSUE-STREAM', 'new-issue-stream'],
  ['the nearer of two', 'new-issue-stream-ap', 'new-issue-stream-api'],
])('finds a name with %s', (_, typed, found) => {
  expect(nearest(typed, flags)).toBe(found);
});

it('names nothing when nothing is near', () => {
  expect(nearest('checkout', flags)).toBeUndefined();
  expect(nearest('x', [])).toBeUndefined();
});
