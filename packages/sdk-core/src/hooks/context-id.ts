import type { Context } from '@taffrail/engine';

/** Whom a context is about, without attributes: the key of a user alone, else `kind:key` of every kind, in their order by name. */
export function contextId(context: Context): string | undefined {
  const named = Object.entries(context).flatMap(([kind, entity]) => {
    const key: unknown = typeof entity === 'string' ? entity : entity?.key;
    return typeof key === 'string' ? [[kind, key] as const] : [];
  });
  const [first, ...others] = named.sort(([one], [other]) => (one < other ? -1 : 1));
  if (!first) return undefined;
  if (first[0] === 'user' && others.length === 0) return first[1];
  return [first, ...others].map(([kind, key]) => `${kind}:${escaped(key)}`).join(':');
}

/** Two contexts have one id only if they are about the same. */
const escaped = (key: string): string => key.replace(/[%:]/g, encodeURIComponent);
