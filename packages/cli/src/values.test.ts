import { expect, it } from 'vitest';
import { commaList, day, looseJson, minute, pairs, percent } from './values.ts';

const now = new Date('2026-11-23T15:04:05Z');

it.each([
  ['60d', '2027-01-22'],
  ['2w', '2026-12-07'],
  ['2027-01-31', '2027-01-31'],
  ['never', null],
])('reads the day %s', (text, expected) => {
  expect(day(text, now)).toBe(expected);
});

it.each(['soon', '2027-13-01', '60', '-1d', ''])('refuses the day %j', (text) => {
  expect(() => day(text, now)).toThrow('is no day');
});

it.each([
  ['10', 10],
  ['0.001', 0.001],
  ['100 %', 100],
  ['33%', 33],
])('reads the percentage %s', (text, expected) => {
  expect(percent(text)).toBe(expected);
});

it.each(['', 'ten', '101', '-1', '1e9', 'NaN'])('refuses the percentage %j', (text) => {
  expect(() => percent(text)).toThrow('is no percentage');
});

it.each([
  ['40', 40],
  ['true', true],
  ['"40"', '40'],
  ['pro', 'pro'],
  ['a=b', 'a=b'],
  ['["x"]', ['x']],
])('reads %s as JSON where it is JSON', (text, value) => {
  expect(looseJson(text)).toEqual(value);
});

it('splits a pair at its first equals sign, and refuses what has none', () => {
  expect(pairs('--attr', ['plan=pro', 'query=a=b', 'empty='])).toEqual({ plan: 'pro', query: 'a=b', empty: '' });
  expect(() => pairs('--attr', ['plan'])).toThrow('--attr wants name=value, not "plan"');
  expect(() => pairs('--attr', ['=pro'])).toThrow('--attr');
});

it('shows a moment to the minute', () => {
  expect(minute('2026-11-23T15:04:05.678Z')).toBe('2026-11-23 15:04Z');
});

it('reads names with commas between', () => {
  expect(commaList('--flags')('a, b,,c ')).toEqual(['a', 'b', 'c']);
  expect(() => commaList('--flags')(' , ')).toThrow('--flags wants names');
});
