import type { Context } from './model.ts';

/** What OpenFeature calls an evaluation context: attributes by name, and the key of whom it is about. */
export interface FlatContext {
  readonly targetingKey?: string | undefined;
  readonly [attribute: string]: unknown;
}

/**
 * A flat context by kinds. An attribute that is an object with a `key` is a kind of its own; the others, and the targeting key as
 * `key`, are of the user. Dates become RFC 3339 texts, or null.
 */
export function contextFrom({ targetingKey, ...attributes }: FlatContext): Context {
  const all = Object.entries(attributes).map(([name, value]) => [name, value instanceof Date ? value.toJSON() : value] as const);
  const { user: named, ...others } = Object.fromEntries(all.filter(isEntity));
  const user = {
    ...Object.fromEntries(all.filter((attribute) => !isEntity(attribute))),
    ...(named as object | undefined),
    ...(typeof targetingKey === 'string' && { key: targetingKey }),
  };
  return { ...others, ...(Object.keys(user).length > 0 && { user }) } as Context;
}

const isEntity = ([, value]: readonly [string, unknown]): boolean =>
  typeof (value as { readonly key?: unknown } | null | undefined)?.key === 'string';
