import { expect, it } from 'vitest';
import { fieldDifferences } from './field-diff.ts';

it('names the fields that differ by their paths, and only those', () => {
  const before = { on: false, fallthrough: { variant: 'off' }, variants: { on: true }, off: 'off' };
  const after = { on: true, fallthrough: { variant: 'off' }, variants: { on: true, half: 0.5 } };
  expect(fieldDifferences(before, after)).toEqual([
    { path: 'on', before: false, after: true },
    { path: 'variants.half', after: 0.5 },
    { path: 'off', before: 'off' },
  ]);
});

it('compares lists whole', () => {
  expect(fieldDifferences({ rules: [{ id: 'a' }] }, { rules: [] })).toEqual([
    { path: 'rules', before: [{ id: 'a' }], after: [] },
  ]);
});

it('finds nothing between equals', () => {
  expect(fieldDifferences({ a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 2 }] } })).toEqual([]);
});
