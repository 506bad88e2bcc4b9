import { expect, it } from 'vitest';
import { spanOf } from './use-window.ts';

it.each([
  ['at the top', 0, 360, { from: 0, to: 18 }],
  ['in the middle', 3_600, 360, { from: 92, to: 118 }],
  ['at the end', 36_000 - 360, 360, { from: 982, to: 1_000 }],
  ['pulled beyond the top, as phones do', -200, 360, { from: 0, to: 18 }],
])('shows what can be seen and eight spare rows on each side, %s', (_, scrollTop, height, span) => {
  expect(spanOf(scrollTop, height, 36, 1_000)).toEqual(span);
});

it('never counts rows that are not there', () => {
  expect(spanOf(500, 360, 36, 3)).toEqual({ from: 0, to: 3 });
  expect(spanOf(0, 360, 36, 0)).toEqual({ from: 0, to: 0 });
});
