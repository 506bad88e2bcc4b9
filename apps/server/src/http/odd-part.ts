import type { Mistake } from '@taffrail/schema';

/**
 * What JSON can write, and not every reader reads alike. 1e400 reads as infinity, and whole numbers beyond ±(2⁵³ − 1) are rounded.
 * Half of a surrogate pair has no UTF-8: it is stored as another character than was sent, and the history's digests would no
 * longer fit. Names the first place that has any, as a JSON pointer; undefined if there is none.
 */
export function oddPart(value: unknown, at = ''): Mistake | undefined {
  if (typeof value === 'string') return isHalf(value) ? { at, message: half } : undefined;
  if (typeof value === 'number') return isOdd(value) ? { at, message: odd } : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const name in value) {
    const found = isHalf(name)
      ? { at, message: `has a name that ${half}` }
      : oddPart((value as Record<string, unknown>)[name], `${at}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const odd = 'is a number that not every reader of JSON reads alike';
const half = 'has half of a character in it, a lone surrogate: send whole ones';

const isOdd = (value: number): boolean => !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value));
const isHalf = (text: string): boolean => /\p{Surrogate}/u.test(text);
