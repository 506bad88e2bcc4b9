import type { Value } from './value.ts';

/** The text that a value is for certain. */
export function textOf(value: Value): string | undefined {
  return value.is === 'constant' && typeof value.data === 'string' ? value.data : undefined;
}
