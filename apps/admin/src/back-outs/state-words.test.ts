import { expect, it } from 'vitest';
import { backOut, backOutRow } from '../../test/releases.ts';
import { stateWords } from './state-words.ts';

const fixed = backOut({ resolved: { fixedIn: ['8.5.0'], at: '2026-11-02T09:00:00Z', by: 'Ben' } });
const carriers = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ release: `8.4.${index}`, supported: true, revision: 2 }));

it.each([
  ['nobody has said where it is fixed', backOutRow(), 'open'],
  [
    'supported releases carry it still',
    backOutRow({ backOut: fixed, open: false, releases: [...carriers(2), { release: '8.3.0', supported: false, revision: 2 }] }),
    'fixed in 8.5.0, still in force in 8.4.0 and 8.4.1',
  ],
  [
    'many do',
    backOutRow({ backOut: fixed, open: false, releases: carriers(5) }),
    'fixed in 8.5.0, still in force in 5 supported releases',
  ],
  ['none does', backOutRow({ backOut: fixed, open: false, inForce: false, releases: [] }), 'over, fixed in 8.5.0'],
])('a back-out of which %s', (_, row, words) => {
  expect(stateWords(row)).toBe(words);
});
