import { expect, it } from 'vitest';
import { moveVerb, standingWords, stepOf, targetWords } from './stage-words.ts';

it('says where a feature stands in a word, and the share where there is one', () => {
  expect(standingWords({ stage: 'early-access' })).toBe('Early access');
  expect(standingWords({ stage: 'percent', percent: 12.5 })).toBe('12.5 %');
  expect(standingWords({ stage: 'backed-out', percent: 10 })).toBe('Backed out');
});

it('counts the steps of the line, and none for what was backed out of it', () => {
  expect(stepOf('dark')).toBe(0);
  expect(stepOf('removed')).toBe(6);
  expect(stepOf('backed-out')).toBeUndefined();
});

it('calls a move what it is', () => {
  expect(moveVerb('dark', 'internal')).toBe('Move to');
  expect(moveVerb('ga', 'percent')).toBe('Move back to');
  expect(moveVerb('percent', 'percent')).toBe('Change to');
  expect(moveVerb('backed-out', 'internal')).toBe('Bring back to');
  expect(targetWords('percent', 0.5)).toBe('0.5 %');
  expect(targetWords('ga', 0.5)).toBe('GA');
});
