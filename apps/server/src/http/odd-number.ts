/**
 * Where a value holds a number that is not exactly what was written: 1e400 reads as infinity, and whole numbers beyond
 * ±(2⁵³ − 1) are rounded, differently by different readers. The place is a JSON pointer; undefined if there is none.
 */
export function oddNumber(value: unknown, at = ''): string | undefined {
  if (typeof value === 'number') return isOdd(value) ? at : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const name in value) {
    const found = oddNumber((value as Record<string, unknown>)[name], `${at}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isOdd = (value: number): boolean => !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value));
