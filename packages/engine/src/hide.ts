import { type HashedPlace, type Literal, hashedLiteral } from './hashed.ts';
import type { Comparison, Hashed, Pin, Segment } from './model.ts';
import { folded } from './rows/prepare.ts';

/** An `is` comparison whose values nobody can read, but which answers as before. */
export function hideComparison(comparison: Comparison, salt: Hashed): Comparison {
  const { kind, path, values = [], fold = false } = comparison;
  const literals = values as readonly Literal[];
  const hide = (value: Literal): string =>
    hashedLiteral({ salt, kind, path }, typeof value === 'string' ? folded(value, fold) : value);
  const types = [...new Set(literals.map((value) => typeof value as 'string' | 'number' | 'boolean'))];
  return { ...comparison, op: 'is_hashed', values: literals.map(hide), types, hashed: salt };
}

/** A pin whose keys nobody can read. */
export const hidePin = (pin: Pin, salt: Hashed): Pin => ({ ...pin, keys: hideKeys(pin.keys, pin.kind, salt), hashed: salt });

/** A segment whose lists nobody can read. Its condition stays as it is. */
export function hideSegment(segment: Segment, salt: Hashed): Segment {
  const { kind, included, excluded } = segment;
  return {
    ...segment,
    ...(included && { included: hideKeys(included, kind, salt) }),
    ...(excluded && { excluded: hideKeys(excluded, kind, salt) }),
    hashed: salt,
  };
}

function hideKeys(keys: readonly string[], kind: string, salt: Hashed): string[] {
  const place: HashedPlace = { salt, kind, path: ['key'] };
  return keys.map((key) => hashedLiteral(place, key)).sort();
}
