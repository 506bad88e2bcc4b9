import { JSON_LEVELS } from './limits.ts';
import type { Item } from './model.ts';

/** An item's JSON, parsed and frozen to its leaves. Undefined when it is not an object of the item's key, or nests too deep. */
export function parseDocument({ json, key }: Item): { readonly key: string } | undefined {
  try {
    const document = frozen(JSON.parse(json), JSON_LEVELS) as { readonly key: string };
    return document.key === key ? document : undefined;
  } catch {
    return undefined;
  }
}

function frozen(json: unknown, levels: number): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (levels === 0) throw new TypeError('too deep');
  for (const member of Object.values(json)) frozen(member, levels - 1);
  return Object.freeze(json);
}
