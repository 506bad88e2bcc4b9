import { expect, it } from 'vitest';
import { freeVariantName, isSwitch, offVariant, onVariant, readValue, renamed, valueText } from './variants.ts';

it.each([
  [{ variants: { on: true, off: false }, off: 'off' }, 'on', 'off', true],
  [{ variants: { off: false, on: true }, off: 'off' }, 'on', 'off', true],
  [{ variants: { no: false, yes: true } }, 'yes', 'no', false],
  [{ variants: { small: 25, large: 100, huge: 500 }, off: 'small' }, 'large', 'small', false],
])('of %j, on is %s and off is %s', (flag, on, off, isPlain) => {
  expect([onVariant(flag), offVariant(flag), isSwitch(flag)]).toEqual([on, off, isPlain]);
});

it.each([
  ['json', '{"a":1}', { a: 1 }],
  ['number', '1.5', 1.5],
  ['boolean', 'true', true],
  ['string', ' 7', ' 7'],
] as const)('reads a %s', (type, text, value) => {
  expect(readValue(text, type)).toEqual({ value });
});

it.each([
  ['json', '{a:1}'],
  ['number', ''],
  ['number', 'many'],
  ['boolean', 'yes'],
] as const)('refuses a %s that is %j', (type, text) => {
  expect(readValue(text, type)).toHaveProperty('mistake');
});

it('writes a value so that it reads back', () => {
  expect(valueText({ a: [1] }, 'json')).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(valueText('7', 'string')).toBe('7');
});

it('renames a variant in its place, and never onto another', () => {
  const variants = { on: true, off: false };
  expect(Object.entries(renamed(variants, 'on', 'yes') ?? {})).toEqual([
    ['yes', true],
    ['off', false],
  ]);
  expect(renamed(variants, 'on', 'on')).toEqual(variants);
  expect(renamed(variants, 'on', 'off')).toBeUndefined();
  expect(renamed(variants, 'on', '')).toBeUndefined();
});

it('finds a name that is free', () => {
  expect(freeVariantName({ a: 1, 'value 3': 2 })).toBe('value 4');
});
