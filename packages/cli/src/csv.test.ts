import { expect, it } from 'vitest';
import { parseCsv } from './csv.ts';

const cellsOf = (text: string) => parseCsv(text).map(({ cells }) => cells);

it.each([
  [
    'plain cells',
    'key,plan\nacme,pro\n',
    [
      ['key', 'plan'],
      ['acme', 'pro'],
    ],
  ],
  ['no line break at the end', 'key\nacme', [['key'], ['acme']]],
  ['line breaks of Windows and of old Macs', 'a\r\nb\rc\n', [['a'], ['b'], ['c']]],
  ['quotes, commas and line breaks inside quotes', '"a ""b"", c","d\ne"', [['a "b", c', 'd\ne']]],
  ['empty cells, also at the end', 'a,,\n', [['a', '', '']]],
  ['an empty quoted cell as a record', '""\n', [['']]],
  ['empty lines as nothing', 'a\n\n\nb\n', [['a'], ['b']]],
  ['spaces as part of the cell', ' a , b', [[' a ', ' b']]],
  ['a byte order mark as nothing', '\uFEFFkey\n', [['key']]],
  ['nothing', '', []],
])('reads %s', (_, text, cells) => {
  expect(cellsOf(text)).toEqual(cells);
});

it('knows the line on which a record begins, after records that span lines', () => {
  expect(parseCsv('a\n"b\nc"\n\nd').map(({ line }) => line)).toEqual([1, 2, 5]);
});

it.each([
  ['a quote that is never closed', 'key\n"acme\n', 2],
  ['a quote inside a plain cell', 'key\nac"me\n', 2],
  ['text after a closing quote', 'key\nx\n"ac"me\n', 3],
])('refuses %s, and names its line', (_, text, line) => {
  expect(() => parseCsv(text)).toThrow(expect.objectContaining({ name: 'LineError', line }));
});

it('reads a cell of a million quotes without running out of stack', () => {
  expect(cellsOf(`"${'""'.repeat(1_000_000)}"`)[0]?.[0]).toHaveLength(1_000_000);
});
