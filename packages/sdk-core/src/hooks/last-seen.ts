import type { Json, Resolution } from '@taffrail/engine';

/** How many answers are remembered. What was not asked for longest is forgotten, and is new when it is asked for again. */
const MEMORY = 1_000;

/** Answers with what was seen in this place before, if its value was another one. */
export function createLastSeen(): (place: string, now: Resolution) => Resolution | undefined {
  const seen = new Map<string, Resolution>();

  return (place, now) => {
    const before = seen.get(place);
    seen.delete(place);
    seen.set(place, now);
    if (seen.size > MEMORY) forgetOldest(seen);
    return before && !isSame(before.value, now.value) ? before : undefined;
  };
}

function forgetOldest(seen: Map<string, unknown>): void {
  const [oldest] = seen.keys();
  if (oldest !== undefined) seen.delete(oldest);
}

const isSame = (one: Json, other: Json): boolean =>
  Object.is(one, other) || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));
