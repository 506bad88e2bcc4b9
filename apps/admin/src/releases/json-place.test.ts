import * as fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { placeOfMistake } from './json-place.ts';

it.each<[string, string, number, number]>([
  ['a comma before the end', '{\n  "flags": [1, ]\n}', 2, 16],
  ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', 3, 3],
  ['a name without quotes', '{ a: 1 }', 1, 3],
  ['a missing colon', '{ "a" 1 }', 1, 7],
  ['an end that comes too early', '{ "a": [1', 1, 10],
  ['something after the end', '{}\nx', 2, 1],
  ['nothing at all', '', 1, 1],
  ['no JSON', 'flags: []', 1, 1],
])('finds %s', (_, text, line, column) => {
  expect(placeOfMistake(text)).toEqual({ line, column });
});

test('objects to nothing that is JSON', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(4), (text, spaces) => {
      expect(placeOfMistake(text)).toBeUndefined();
      expect(placeOfMistake(JSON.stringify(JSON.parse(text), undefined, spaces))).toBeUndefined();
    }),
  );
});

test('objects to whatever is no JSON', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', 'x'), (json, at, put) => {
      const cut = at % (json.length + 1);
      const text = json.slice(0, cut) + put + json.slice(cut + 1);
      expect(placeOfMistake(text) === undefined).toBe(isJson(text));
    }),
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
