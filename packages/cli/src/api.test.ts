import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createApi, Refusal, Unreachable } from './api.ts';

const project = { org: 'a', project: 'b' };
const problem = { type: 'about:blank', title: 'T', status: 503, code: 'BUSY', detail: 'Busy.' };

/** A proxy in front of a server, of whose making we know nothing: it answers as it is told, one answer a request. */
async function proxy(...answers: readonly { status: number; body: object; headers?: Record<string, string> }[]) {
  const seen: IncomingMessage[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { status, body, headers } = answers[seen.push(request) - 1] ?? { status: 500, body: {} };
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  });
  onTestFinished(() => server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const busy = (retryAfter?: string) => ({
  status: 503,
  body: problem,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
});

it('comes back when a busy server says when, and does a mutation once: by one idempotency key', async () => {
  const { url, seen } = await proxy(busy('0'), busy('0'), { status: 200, body: { revision: 7 } });
  const body = { key: 'f' };
  expect(await createApi({ url }).call('POST /orgs/:org/projects/:project/flags', { params: project, body })).toEqual({
    revision: 7,
  });
  const keys = seen.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
});

it.each([
  ['says not when', undefined],
  ['says: in an hour', '3600'],
])('gives up at once when a busy server %s', async (_, retryAfter) => {
  const { url, seen } = await proxy(busy(retryAfter), { status: 200, body: {} });
  await expect(createApi({ url }).call('GET /session', {})).rejects.toThrow(Refusal);
  expect(seen).toHaveLength(1);
});

it('gives up after three attempts', async () => {
  const { url, seen } = await proxy(busy('0'), busy('0'), busy('0'), { status: 200, body: {} });
  await expect(createApi({ url }).call('GET /session', {})).rejects.toThrow('Busy.');
  expect(seen).toHaveLength(3);
});

it('sends parameters of any letters, a query, and what proves who asks', async () => {
  const { url, seen } = await proxy({ status: 200, body: {} }, { status: 200, body: {} });
  await createApi({ url: `${url}/`, token: 't' }).call('GET /orgs/:org/projects/:project/history', {
    params: { org: 'a/../b', project: 'ü' },
    query: { flag: 'x:y/z&', limit: 5 },
  });
  expect(seen[0]?.url).toBe('/api/v1/orgs/a%2F..%2Fb/projects/%C3%BC/history?flag=x%3Ay%2Fz%26&limit=5');
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer t' });
  expect(seen[0]?.headers).not.toHaveProperty('idempotency-key');
  await createApi({ url, cookie: 'c=1' }).preview('POST /orgs/:org/projects/:project/flags', {
    params: project,
    body: { key: 'f' },
    ifMatch: 3,
  });
  expect(seen[1]?.url).toBe('/api/v1/orgs/a/projects/b/flags?preview=1');
  expect(seen[1]?.headers).toMatchObject({ cookie: 'c=1', 'x-taffrail': '1', 'if-match': '"3"' });
  expect(seen[1]?.headers).not.toHaveProperty('authorization');
});

it('follows nobody elsewhere with a token', async () => {
  const { url, seen } = await proxy({ status: 307, body: {}, headers: { location: '/elsewhere' } });
  await expect(createApi({ url, token: 't' }).call('GET /session', {})).rejects.toThrow(Unreachable);
  expect(seen).toHaveLength(1);
});

it('ends at once when it is interrupted, also while it waits', async () => {
  const { url } = await proxy(busy('9'));
  const interrupted = new AbortController();
  const call = createApi({ url, signal: interrupted.signal }).call('GET /session', {});
  interrupted.abort();
  await expect(call).rejects.toThrow('aborted');
});
