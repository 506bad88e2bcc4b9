import { QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
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

it('asks anew for what was under way, whose answer may be from before', async () => {
  const client = createQueryClient();
  let truth = 'nobody has it';
  const answers: (() => void)[] = [];
  const queryFn = () => {
    const seen = truth;
    return new Promise<string>((resolve) => answers.push(() => resolve(seen)));
  };
  const query = { queryKey: [...projectKey(scope), 'progress', 'BO-1'], queryFn };
  const end = new QueryObserver(client, query).subscribe(() => {});
  truth = 'everybody has it';
  outdateInstalls(client, scope);
  const answering = setInterval(() => answers.splice(0).forEach((answer) => answer()));
  await vi.waitFor(() => expect(client.getQueryData(query.queryKey)).toBe('everybody has it'));
  clearInterval(answering);
  end();
});
