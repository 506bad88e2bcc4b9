import type { Bucketing } from '@taffrail/engine';
import { isKey, parseAttribute } from './attribute.ts';

/** What contexts are counted by, as it was typed: `org`, or `user.country`. Salt and hash stay. */
export function parseBucketing(text: string, old: Bucketing): Bucketing | undefined {
  const attribute = parseAttribute(text);
  if (!attribute) return undefined;
  const { path: _, ...rest } = old;
  return isKey(attribute.path) ? { ...rest, kind: attribute.kind } : { ...rest, ...attribute };
}
