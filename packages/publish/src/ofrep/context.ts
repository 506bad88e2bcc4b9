import type { Context, Json } from '@taffrail/engine';
import { type Failure, failure } from './failure.ts';

type Attributes = { readonly [name: string]: Json };

/** What a request asks about: a context, or what is wrong with it. */
export type Asked = { readonly context: Context } | { readonly failure: Failure };

/** Reads the body of a request for one flag or for all. An empty one asks about nobody. */
export function askedBy(text: string): Asked {
  if (text === '') return { context: {} };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { failure: failure('PARSE_ERROR', 'The body is not JSON: send {"context": {"targetingKey": "…"}}.') };
  }
  if (!isAttributes(body)) return { failure: failure('INVALID_CONTEXT', 'The body is no object: send {"context": {…}}.') };
  return contextOf(body['context'] ?? {});
}

/**
 * A flat context of OpenFeature by kinds: an attribute that is an object with a `key` is a kind of its own; the others, and the
 * targeting key as `key`, are of the user.
 */
export function contextOf(given: Json): Asked {
  if (!isAttributes(given)) return { failure: failure('INVALID_CONTEXT', 'The context is no object: send attributes by name.') };
  const { targetingKey, ...attributes } = given;
  if (targetingKey !== undefined && typeof targetingKey !== 'string') {
    return { failure: failure('INVALID_CONTEXT', 'The targetingKey is no text: send the key of the user as a string.') };
  }
  const all = Object.entries(attributes);
  const { user: named = {}, ...others } = Object.fromEntries(all.filter(([, value]) => isEntity(value)));
  const user = {
    ...Object.fromEntries(all.filter(([, value]) => !isEntity(value))),
    ...(named as Attributes),
    ...(targetingKey !== undefined && { key: targetingKey }),
  };
  return { context: { ...others, ...(Object.keys(user).length > 0 && { user }) } as Context };
}

const isAttributes = (value: unknown): value is Attributes =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEntity = (value: Json): boolean => isAttributes(value) && typeof value['key'] === 'string';
