import { expect, it } from 'vitest';
import { gateWords, pageWords } from './gate-words.ts';

it('leaves out a command for which there is a page, and keeps one for which there is none', () => {
  const segment =
    'There is no segment internal: create it, as with "taffrail segment put internal --include KEYS -e production".';
  expect(pageWords(segment)).toBe('There is no segment internal: create it.');
  const report = 'Nobody has reported what the code reads: report anew, as with "taffrail audit --report".';
  expect(pageWords(report)).toBe(report);
});

it('sends to 100 % who is not there, and tells the others when the hours are over', () => {
  const gate = { stage: 'ga', name: 'hours at 100 %', open: false, sentence: 'It has yet to spend 24 hours at 100 %.' } as const;
  expect(gateWords(gate, {})).toBe('It has yet to spend 24 hours at 100 %: go to 100 % first.');
  expect(gateWords(gate, { fullSince: '2026-11-23T18:00:00Z' })).toBe(gate.sentence);
});
