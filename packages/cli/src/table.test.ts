import picocolors from 'picocolors';
import { expect, it } from 'vitest';
import { table, tableOf } from './table.ts';

it('aligns columns two spaces apart, and ends no line in spaces', () => {
  expect(
    tableOf(
      ['FLAG', 'OWNER'],
      [
        ['a', 'issues'],
        ['longer-key', ''],
      ],
    ),
  ).toBe('FLAG        OWNER\na           issues\nlonger-key');
});

it('counts what a terminal shows: no colours, wide letters twice', () => {
  const { red } = picocolors.createColors(true);
  expect(
    table([
      [red('ab'), '|'],
      ['日', '|'],
      ['e\u0301x', '|'],
    ]),
  ).toBe(`${red('ab')}  |\n日  |\ne\u0301x  |`);
});

it('keeps a row on one line', () => {
  expect(table([['a\nb', 'c']])).toBe('a b  c');
});

it('shows rows of different lengths, and nothing for no rows', () => {
  expect(table([['a'], ['b', 'c']])).toBe('a\nb  c');
  expect(table([])).toBe('');
});
