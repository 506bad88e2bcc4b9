import { hashedLiterals } from './hashed.ts';
import { isText, listOf } from './scope.ts';
import type { Hashed } from './model.ts';

/** Whether a context's key is in a list of keys, which may be digests. */
export function memberTest(keys: readonly string[], kind: string, salt: Hashed | undefined): (key: string) => boolean {
  const list = listOf(keys, isText);
  if (salt !== undefined) return hashedLiterals(list, { salt, kind, path: ['key'] });
  const members = new Set(list);
  return (key) => members.has(key);
}
