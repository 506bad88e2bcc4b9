/** Enough for every honest body; more than this is not worth listing every mistake of. */
const manyValues = 50_000;

/** Whether a value holds more values than are worth a full account of its mistakes. */
export function isLarge(value: unknown, bound = manyValues): boolean {
  let seen = 0;
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    for (const inner of Object.values(next)) {
      if (++seen > bound) return true;
      waiting.push(inner);
    }
  }
  return false;
}
