import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from './documents.test-kit.ts';
import { sha256 } from './sha256.ts';

const hex = (words: readonly number[]): string => words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');

test('is SHA-256 of the UTF-8 bytes, for any text and length', () => {
  const text = fc.oneof(
    anyText,
    fc.nat(300).map((length) => 'a'.repeat(length)),
  );
  fc.assert(
    fc.property(text, (value) => {
      expect(hex(sha256(value))).toBe(createHash('sha256').update(value).digest('hex'));
    }),
  );
});
