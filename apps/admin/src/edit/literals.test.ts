import { describe, expect, it } from 'vitest';
import { readLiteral, retyped } from './literals.ts';

describe('a value that is typed', () => {
  it.each([
    ['is', 'pro', 'pro'],
    ['is', '5', '5'],
    ['at_least', '5', 5],
    ['at_least', '1,5', 1.5],
    ['before', '2026-01-31', '2026-01-31T00:00:00Z'],
    ['before', '2026-01-31T10:00:00+02:00', '2026-01-31T10:00:00+02:00'],
    ['version_at_least', '8.4.1', '8.4.1'],
    ['in_network', '10.0.0.0/8', '10.0.0.0/8'],
    ['matches', '^a+$', '^a+$'],
    ['some_row_of_tomorrow', 'x', 'x'],
  ])('for %s, %j is %j', (op, text, value) => {
    expect(readLiteral(text, op)).toEqual({ value });
  });

  it.each([
    ['at_least', 'many', 'a number'],
    ['before', 'soon', 'a moment'],
    ['before', '2026-02-30T00:00:00Z', 'a moment'],
    ['version_at_least', 'latest', 'a version'],
    ['in_network', '10.0.0.0/99', 'a network'],
  ])('for %s, %j is refused with what is wanted', (op, text, wanted) => {
    expect(readLiteral(text, op)).toEqual({ mistake: expect.stringContaining(wanted) as string });
  });
});

it.each([
  ['5', 5],
  [5, '5'],
  ['true', true],
  [false, 'false'],
  ['5.0', undefined],
  ['pro', undefined],
  ['', undefined],
])('%j could also be %j', (value, other) => {
  expect(retyped(value)).toBe(other);
});
