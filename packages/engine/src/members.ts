import { answerOf, type Test, UNKNOWN } from './answer.ts';
import { placeOf, read } from './attribute.ts';
import { hashedLiterals } from './hashed.ts';
import type { Hashed } from './model.ts';
import { isText, listOf } from './malformed.ts';

/** Whether the context's key of a kind is in a list of keys, which may be digests; unknown without a key. */
export function keyTest(kind: string, keys: readonly string[], salt: Hashed | undefined): Test {
  const list = listOf(keys, isText);
  const members = new Set(list);
  const has = salt === undefined ? (key: string) => members.has(key) : hashedLiterals(list, { salt, kind, path: ['key'] });
  const place = placeOf(kind, ['key']);
  return (context) => {
    const key = read(place, context);
    return typeof key === 'string' ? answerOf(has(key)) : UNKNOWN;
  };
}
