import { expect, it } from 'vitest';
import { cellLook } from './cell-looks.ts';

it.each([
  ['on', 'on', 'on'],
  ['off (dark)', 'dark', 'dark'],
  ['off until a site asks for it', 'opt-in', 'opt-in'],
  ['by rules', 'rules', 'rules'],
  ['off (BO-17)', 'backed-out', 'BO-17'],
  ['"eu"', 'value', '"eu"'],
  ['', 'absent', ''],
])('draws %j as %s, with the word %j', (summary, shape, word) => {
  expect(cellLook(summary)).toMatchObject({ shape, word });
});

it('names a back-out only where one holds the flag off', () => {
  expect(cellLook('off (BO-3)').backOut).toBe('BO-3');
  expect(cellLook('off (dark)')).not.toHaveProperty('backOut');
});

it('gives each meaning a shape of its own', () => {
  const summaries = ['on', 'off (dark)', 'off until a site asks for it', 'by rules', 'off (BO-1)', '7', ''];
  expect(new Set(summaries.map((summary) => cellLook(summary).shape)).size).toBe(summaries.length);
});
