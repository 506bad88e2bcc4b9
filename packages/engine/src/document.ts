import { JSON_LEVELS } from './limits.ts';
import type { Item } from './model.ts';

/**
 * An item's JSON, parsed. The values that evaluations share are frozen to their leaves. Undefined when it is not an object of the
 * item's key, or when a value nests too deep.
 */
export function parseDocument({ json, key }: Item): { readonly key: string } | undefined {
  try {
    const document = JSON.parse(json) as { readonly key: string; readonly variants?: object };
    for (const value of Object.values(document.variants ?? {})) freeze(value, JSON_LEVELS);
    return document.key === key ? document : undefined;
  } catch (error) {
    // A caller's stack that is nearly full says nothing about the document.
    if (error instanceof RangeError) throw error;
    return undefined;
  }
}

function freeze(json: unknown, levels: number): void {
  if (typeof json !== 'object' || json === null) return;
  if (levels === 0) throw new TypeError('too deep');
  for (const member of Object.values(json)) freeze(member, levels - 1);
  Object.freeze(json);
}
