import { expect, it } from 'vitest';
import { attributeWords, parseAttribute } from './attribute.ts';

it.each([
  ['org', { kind: 'org', path: ['key'] }],
  ['org.plan', { kind: 'org', path: ['plan'] }],
  ['user.address.city', { kind: 'user', path: ['address', 'city'] }],
  ['user.a\\.b', { kind: 'user', path: ['a.b'] }],
])('%s is written and read', (text, attribute) => {
  expect(parseAttribute(text)).toEqual(attribute);
  expect(attributeWords(attribute)).toBe(text);
});

it('forgives space around it and reads the key by its name', () => {
  expect(parseAttribute(' org . plan ')).toEqual({ kind: 'org', path: ['plan'] });
  expect(parseAttribute('org.key')).toEqual({ kind: 'org', path: ['key'] });
});

it.each(['', '.', '7up.plan', 'or g.plan'])('%j names no kind', (text) => {
  expect(parseAttribute(text)).toBeUndefined();
});
