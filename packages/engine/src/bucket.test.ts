import * as fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { anyText } from './documents.test-kit.ts';
import { bucketOf } from './bucket.ts';

// The ten vectors of the documentation: other implementations are checked against them.
it.each([
  ['salt', 'user', undefined, 'u1', 46_368],
  ['salt', 'user', undefined, 'u2', 22_509],
  ['salt', 'org', undefined, 'u1', 39_465],
  ['other', 'user', undefined, 'u1', 9_812],
  ['salt', 'user', ['email'], 'a@example.com', 78_127],
  ['salt', 'user', ['address', 'zip'], '94107', 23_801],
  ['salt', 'user', ['age'], 42, 14_504],
  ['salt', 'user', ['age'], 1.5e21, 72_283],
  ['salt', 'user', undefined, 'Zoë 🚀', 69_504],
  ['salt', 'user', undefined, '\ud800', 6_100],
] as const)('%s.%s%j %j is in its bucket', (salt, kind, path, value, expected) => {
  expect(bucketOf(salt, kind, path, value)).toBe(expected);
});

test('a number is hashed as JSON writes it, and a lone surrogate as U+FFFD', () => {
  expect(bucketOf('s', 'user', ['age'], 42)).toBe(bucketOf('s', 'user', ['age'], '42'));
  expect(bucketOf('s', 'user', undefined, '\udc00')).toBe(bucketOf('s', 'user', undefined, '\ufffd'));
});

test('every bucket is a whole number from 0 to 99,999, and they are filled evenly', () => {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let user = 0; user < 20_000; user++) {
    const bucket = bucketOf('even', 'user', undefined, `user-${user}`);
    expect(Number.isInteger(bucket) && bucket >= 0 && bucket < 100_000).toBe(true);
    tenths[Math.floor(bucket / 10_000)]! += 1;
  }
  for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(200);
});

test('the bucket depends on nothing but salt, kind, path and value', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), anyText, (salt, kind, value) => {
      expect(bucketOf(salt, kind, undefined, value)).toBe(bucketOf(salt, kind, undefined, value));
      expect(bucketOf(salt, kind, ['a', 'b'], value)).toBe(bucketOf(salt, `${kind}.a.b`, undefined, value));
    }),
  );
});
