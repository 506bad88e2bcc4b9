import type { Context } from '@taffrail/engine';
import { contextFrom } from '@taffrail/engine/flat-context';
import { type Failure, failure } from './failure.ts';

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

function contextOf(given: unknown): Asked {
  if (!isAttributes(given)) return { failure: failure('INVALID_CONTEXT', 'The context is no object: send attributes by name.') };
  const { targetingKey } = given;
  if (targetingKey === undefined || typeof targetingKey === 'string') return { context: contextFrom({ ...given, targetingKey }) };
  return { failure: failure('INVALID_CONTEXT', 'The targetingKey is no text: send the key of the user as a string.') };
}

const isAttributes = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
