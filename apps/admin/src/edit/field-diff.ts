import type { Json } from '@taffrail/engine';
import { same } from './same.ts';

/** One field that is not what it was. Absent sides are fields that were not there, or are no longer. */
export interface FieldDifference {
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

type Fields = Readonly<Record<string, Json>>;

/** Fields that differ between two documents, by their paths. Lists are compared whole: an index says nothing to people. */
export function fieldDifferences(before: Json | undefined, after: Json | undefined, path = ''): FieldDifference[] {
  if (same(before, after)) return [];
  if (isFields(before) && isFields(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => fieldDifferences(before[name], after[name], path ? `${path}.${name}` : name));
  }
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
