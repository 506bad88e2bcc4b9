import type { Context } from '@taffrail/engine';
import { expect, it } from 'vitest';
import { contextId } from './context-id.ts';

it.each<[string, Context, string | undefined]>([
  ['nobody has none', {}, undefined],
  ['a user is who it is', { user: 'ana' }, 'ana'],
  ['an entity is its key, without attributes', { user: { key: 'ana', plan: 'pro' } }, 'ana'],
  ['another kind says which', { org: 'acme' }, 'org:acme'],
  ['several stand in order', { user: 'ana', org: { key: 'acme' } }, 'org:acme:user:ana'],
  ['no key looks like two', { org: 'a:user:b' }, 'org:a%3Auser%3Ab'],
  ['nor like one that is escaped', { org: 'a%3Ab' }, 'org:a%253Ab'],
  ['what is no entity is left out', { org: 5, team: null, user: {} } as unknown as Context, undefined],
])('%s', (_, context, id) => {
  expect(contextId(context)).toBe(id);
});
