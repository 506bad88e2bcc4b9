import { expect, it, test } from 'vitest';
import { printable, printableDeep, printableJson } from './printable.ts';

it.each([
  ['colours', '\u001b[31mred\u001b[0m', 'red'],
  ['a moving cursor', 'safe\u001b[2K\u001b[1Aevil', 'safeevil'],
  ['a new window title', '\u001b]0;owned\u0007name', 'name'],
  ['a hyperlink that lies', '\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\', 'click'],
  ['eight-bit sequences', '\u009b31mred\u009d0;t\u009c!', 'red!'],
  ['a carriage return that overwrites', 'paid\rfree', 'paidfree'],
  ['backspaces and bells', 'a\u0008b\u0007', 'ab'],
  ['writing turned around', 'user\u202Egnp.exe', 'usergnp.exe'],
  ['a sequence that never ends', 'a\u001b]0;never', 'a'],
])('takes away %s', (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});

it.each(['plain', 'two\nlines\tand a tab', 'Größe 日本 🎉', '100 %'])('leaves %j alone', (text) => {
  expect(printable(text)).toBe(text);
});

test('every text of a document is cleaned, its names too, and nothing else changes', () => {
  const document = { 'na\u001b[1mme': ['\u001b[2Jx', 1, null, true, { deep: '\u0007y' }] };
  expect(printableDeep(document)).toEqual({ name: ['x', 1, null, true, { deep: 'y' }] });
});

test('JSON keeps what it was given, visibly', () => {
  const json = printableJson({ name: 'a\u001b[31m\u009b1m' });
  expect(json).not.toContain('\u001b');
  expect(json).not.toContain('\u009b');
  expect(JSON.parse(json)).toEqual({ name: 'a\u001b[31m\u009b1m' });
});
