import { isCollection, isMap, isPair, isScalar } from 'yaml';
import { OVERRIDE_FILE_LEVELS } from '../limits.ts';
import type { Fault } from './fault.ts';
import { startOf } from './plainness.ts';

const message = 'this field is given twice: keep one of the two';

/** The fields that stand twice in one object. The parser's own search takes minutes for a file full of different fields. */
export function* givenTwice(part: unknown, level = 0): Generator<Fault, void> {
  if (isPair(part)) yield* givenTwice(part.value, level);
  if (!isCollection(part) || level >= OVERRIDE_FILE_LEVELS) return;
  const names = new Set<unknown>();
  for (const item of part.items) {
    if (isMap(part) && isPair(item) && isScalar(item.key)) {
      if (names.has(item.key.value)) yield { at: startOf(item.key), message };
      names.add(item.key.value);
    }
    yield* givenTwice(item, level + 1);
  }
}
