import { describe, expect, it } from 'vitest';
import { formatOf, formats } from './context-file.ts';

const attributesOf = (csv: string) => formats.csv(csv).contexts.map(({ attributes }) => attributes);
const mistakesOf = ({ mistakes }: ReturnType<typeof formats.csv>) => mistakes.map(({ line, message }) => `${line}: ${message}`);

describe('a CSV file', () => {
  it('reads a key and attributes from named columns', () => {
    expect(formats.csv('plan,key,region\npro,acme,eu\n').contexts).toEqual([
      { line: 2, key: 'acme', attributes: { plan: 'pro', region: 'eu' } },
    ]);
  });

  it.each([
    ['numbers, where all filled cells are', 'key,size\na,40\nb,\nc,-1.5\n', [{ size: 40 }, {}, { size: -1.5 }]],
    ['booleans, where all filled cells are', 'key,beta\na,true\nb,false\n', [{ beta: true }, { beta: false }]],
    ['text, where one cell is not a number', 'key,size\na,40\nb,many\n', [{ size: '40' }, { size: 'many' }]],
    ['text, where a leading zero would be lost', 'key,zip\na,01067\n', [{ zip: '01067' }]],
    ['text, where digits would be lost', 'key,id\na,12345678901234567890\n', [{ id: '12345678901234567890' }]],
    ['text, where the heading says so', 'key,plan:text\na,2024\n', [{ plan: '2024' }]],
    ['JSON, where the heading says so', 'key,tags:json\na,"[""x"",1]"\n', [{ tags: ['x', 1] }]],
    ['nothing for an empty column', 'key,note\na,\n', [{}]],
  ])('reads a column as %s', (_, csv, attributes) => {
    expect(attributesOf(csv)).toEqual(attributes);
  });

  it('says how it read each column', () => {
    expect(formats.csv('key,size,plan,beta\na,1,pro,true\n').columns).toEqual({ size: 'number', plan: 'text', beta: 'boolean' });
  });

  it('keeps a key as text, digits or not', () => {
    expect(formats.csv('key\n42\n').contexts[0]?.key).toBe('42');
  });

  it.each([
    ['a missing cell', 'key,plan\nacme\n', '2: 1 cell where the heading has 2'],
    ['an empty key', 'key,plan\n,pro\n', '2: the key is empty or no text'],
    ['a cell that its heading forbids', 'key,size:number\na,1\nb,big\n', '3: size should be number, and "big" is not'],
    ['a key that comes twice', 'key\na\nb\na\n', '4: a stands already on line 2'],
  ])('names the line of %s', (_, csv, mistake) => {
    expect(mistakesOf(formats.csv(csv))).toEqual([mistake]);
  });

  it('still reads the lines beside a bad one, so that all mistakes show at once', () => {
    const file = formats.csv('key,plan\n,pro\nacme,pro\nb\n');
    expect(mistakesOf(file)).toHaveLength(2);
    expect(file.contexts.map(({ key }) => key)).toEqual(['acme']);
  });

  it.each([
    ['has no key column', 'name\nacme\n', 'no column is called key'],
    ['is empty', '', 'no column is called key'],
    ['names a column twice', 'key,a,a\n', 'two columns are called a'],
  ])('is refused when it %s', (_, csv, message) => {
    expect(() => formats.csv(csv)).toThrow(message);
  });
});

describe('JSON', () => {
  const expected = [
    { line: 1, key: 'acme', attributes: { plan: 'pro' } },
    { line: 2, key: 'berlin', attributes: {} },
  ];
  it.each([
    ['a list', formats.json, '[{"key":"acme","plan":"pro"},{"key":"berlin"}]'],
    [
      'a list as the API writes it',
      formats.json,
      '[{"kind":"org","key":"acme","attributes":{"plan":"pro"}},{"key":"berlin","attributes":{}}]',
    ],
    ['lines', formats.jsonl, '{"key":"acme","plan":"pro"}\n{"key":"berlin"}\n'],
  ])('reads %s', (_, read, text) => {
    expect(read(text).contexts).toEqual(expected);
  });

  it('names the line of what is no JSON, no object, or has no key', () => {
    expect(mistakesOf(formats.jsonl('{"key":"a"}\n{oops\n\n7\n{"key":1}\n'))).toEqual([
      expect.stringMatching(/^2: this is no JSON/),
      '4: this is no object with a key',
      '5: the key is empty or no text',
    ]);
  });

  it('keeps an attribute called __proto__ as data', () => {
    const [context] = formats.json('[{"key":"a","__proto__":{"admin":true}}]').contexts;
    expect(Object.keys(context?.attributes ?? {})).toEqual(['__proto__']);
  });

  it('refuses a file that is no list', () => {
    expect(() => formats.json('{"key":"acme"}')).toThrow('the file is no list');
  });
});

it.each([
  ['orgs.csv', 'csv'],
  ['ORGS.CSV', 'csv'],
  ['a.b/orgs.ndjson', 'jsonl'],
  ['orgs.txt', undefined],
  ['orgs', undefined],
])('tells the format of %s: %s', (path, format) => {
  expect(formatOf(path)).toBe(format);
});
