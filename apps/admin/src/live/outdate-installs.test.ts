import { expect, it } from 'vitest';
import { projectKey } from '../api/queries.ts';
import { createQueryClient } from '../api/query-client.ts';
import { outdateInstalls } from './outdate-installs.ts';

const scope = { org: 'acme', project: 'web' };

it.each([
  ['the board', ['installs', 'list'], 2],
  ['how far a back-out has come', ['progress', 'BO-1'], 2],
  ['who runs a release', ['running', '8.4.0'], 2],
  ['but not the flags', ['flags'], 1],
])('has a page that is shown later ask again for %s', async (_, name, times) => {
  const client = createQueryClient();
  let asked = 0;
  const query = { queryKey: [...projectKey(scope), ...name], queryFn: async () => (asked += 1) };
  await client.fetchQuery(query);
  outdateInstalls(client, scope);
  expect(asked).toBe(1);
  expect(await client.fetchQuery(query)).toBe(times);
});

it('lets other projects be', async () => {
  const client = createQueryClient();
  const query = { queryKey: [...projectKey({ ...scope, project: 'other' }), 'progress', 'BO-1'], queryFn: async () => 1 };
  await client.fetchQuery(query);
  outdateInstalls(client, scope);
  expect(client.getQueryState(query.queryKey)?.isInvalidated).toBe(false);
});
