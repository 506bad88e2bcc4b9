import { limits } from '@taffrail/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flagWrites, startStreams } from './running-streams.test-kit.ts';
import { openReader, type StreamReader } from './stream-reader.test-kit.ts';

let running: Awaited<ReturnType<typeof startStreams>>;
let readers: StreamReader[] = [];
let nowMs: number;

beforeEach(async () => {
  nowMs = Date.parse('2026-11-01T00:00:00Z');
  running = await startStreams({ clock: () => new Date(nowMs), rate: { burst: 20, perSecond: 10 } });
  running.write([...flagWrites('first'), ...flagWrites('team/second'), ...flagWrites('for-browsers', { client: true })]);
});
afterEach(async () => {
  await Promise.all(readers.map((reader) => reader.close()));
  readers = [];
  await running.remove();
});

interface Asking {
  readonly flag?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly body?: string;
}

function ask(secret: string | undefined, { flag = '', headers = {}, method = 'POST', body = '{}' }: Asking = {}) {
  const all = { 'Content-Type': 'application/json', ...(secret && { Authorization: `Bearer ${secret}` }), ...headers };
  const path = flag === '' ? '' : `/${flag}`;
  const sent = method === 'POST' ? { body } : {};
  return fetch(`${running.address}/ofrep/v1/evaluate/flags${path}`, { method, headers: all, ...sent });
}

interface All {
  readonly flags: readonly { readonly key: string }[];
  readonly eventStreams?: readonly { readonly endpoint: { readonly requestUri: string } }[];
}
const keysIn = async (response: Response) => ((await response.json()) as All).flags.map(({ key }) => key).sort();

describe('a key', () => {
  it('of a server is answered all flags, that of a client those for browsers', async () => {
    expect(await keysIn(await ask(running.key('server').secret))).toEqual(['first', 'for-browsers', 'team/second']);
    expect(await keysIn(await ask(running.key('client').secret))).toEqual(['for-browsers']);
  });

  it('of a client does not learn that another flag is there, nor anything but the value of its own', async () => {
    const { secret } = running.key('client');
    expect((await ask(secret, { flag: 'first' })).status).toBe(404);
    const answer = await ask(secret, { flag: 'for-browsers' });
    expect(await answer.json()).toEqual({ key: 'for-browsers', value: 'A', variant: 'a', reason: 'STATIC' });
  });

  it('may come as X-API-Key too', async () => {
    const answer = await ask(undefined, { flag: 'first', headers: { 'X-API-Key': running.key('server').secret } });
    expect(await answer.json()).toMatchObject({ value: 'A', metadata: { kind: 'config' } });
  });

  it.each([
    ['none', undefined, {}, 401, 'Send a server key or a client key'],
    ['an unknown one', 'tf_srv_nothing', {}, 401, 'This key is not known here'],
    ['a server key from a page', 'server', { Origin: 'https://acme.example' }, 403, 'must not be in a page'],
  ] as const)('is refused if it is %s', async (_, key, headers, status, sentence) => {
    const secret = key === 'server' ? running.key('server').secret : key;
    const answer = await ask(secret, { headers });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.json()).toEqual({ errorCode: 'GENERAL', errorDetails: expect.stringContaining(sentence) as string });
  });

  it('is good for the origins that it names, and no other', async () => {
    const { secret } = running.key('client', { origins: ['https://acme.example'] });
    expect((await ask(secret, { headers: { Origin: 'https://acme.example' } })).status).toBe(200);
    expect((await ask(secret, { headers: { Origin: 'https://other.example' } })).status).toBe(403);
  });

  it('is slowed when it asks without end', async () => {
    const [{ secret }, other] = [running.key('server'), running.key('server')];
    const asked = await Promise.all(Array.from({ length: 25 }, () => ask(secret, { flag: 'first' })));
    const refused = asked.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    expect((await ask(other.secret)).status).toBe(200);
    nowMs += 1_000;
    expect((await ask(secret)).status).toBe(200);
  });
});

describe('a request', () => {
  it.each(['team%2Fsecond', 'team/second'])('finds a flag by a key with a slash: %s', async (flag) => {
    const answer = await ask(running.key('server').secret, { flag });
    expect(await answer.json()).toMatchObject({ key: 'team/second', value: 'A' });
  });

  it.each([
    ['an unknown flag', { flag: 'nothing' }, 404, { key: 'nothing', errorCode: 'FLAG_NOT_FOUND' }],
    ['a key that is not encoded well', { flag: '%zz' }, 404, { key: '%zz', errorCode: 'FLAG_NOT_FOUND' }],
    ['a body that is no JSON', { flag: 'first', body: '{' }, 400, { key: 'first', errorCode: 'PARSE_ERROR' }],
    ['a context that is none', { body: '{"context":[]}' }, 400, { errorCode: 'INVALID_CONTEXT' }],
    ['another method', { method: 'GET' }, 405, { errorCode: 'GENERAL' }],
    ['a large body', { body: JSON.stringify({ a: 'x'.repeat(limits.sdkBodyBytes) }) }, 413, { errorCode: 'GENERAL' }],
  ])('is answered for %s in words, and the connection stays good', async (_, asking, status, body) => {
    const { secret } = running.key('server');
    const answer = await ask(secret, asking);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject(body);
    expect((await ask(secret)).status).toBe(200);
  });

  it('may be sent by any page: the preflight says how', async () => {
    const answer = await ask(undefined, { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringContaining('Authorization, X-API-Key, Content-Type, If-None-Match') as string,
    });
  });

  it('for something else of the same path is not taken', async () => {
    expect((await fetch(`${running.address}/ofrep/v1/evaluate/flagship`, { method: 'POST' })).status).toBe(418);
  });
});

const tagOf = (response: Response) => response.headers.get('etag') ?? '';

describe('the answers for all flags', () => {
  it('are sent again only when one is another', async () => {
    const { secret } = running.key('server');
    const tag = tagOf(await ask(secret));
    const again = () => ask(secret, { headers: { 'If-None-Match': tag } });
    expect((await again()).status).toBe(304);
    running.write(flagWrites('first', { fallthrough: { variant: 'b' } }));
    const changed = await again();
    expect(changed.status).toBe(200);
    expect(await changed.json()).toMatchObject({ flags: expect.arrayContaining([expect.objectContaining({ value: 'B' })]) });
    expect(tagOf(changed)).not.toBe(tag);
  });

  it('are others for another context', async () => {
    const pins = [{ kind: 'org', variant: 'b', keys: ['berlin'] }];
    running.write(flagWrites('first', { pins }));
    const { secret } = running.key('server');
    const of = (org: string, tag = '') =>
      ask(secret, { body: `{"context":{"org":{"key":"${org}"}}}`, headers: { 'If-None-Match': tag } });
    const tag = tagOf(await of('berlin'));
    expect((await of('berlin', tag)).status).toBe(304);
    expect((await of('oslo', tag)).status).toBe(200);
  });

  it('are others when their time has come, though nothing was written', async () => {
    const rules = [{ id: 'later', when: { time: { after: '2026-12-01T00:00:00Z' } }, serve: { variant: 'b' } }];
    running.write(flagWrites('first', { rules }));
    const { secret } = running.key('server');
    const tag = tagOf(await ask(secret));
    expect((await ask(secret, { headers: { 'If-None-Match': tag } })).status).toBe(304);
    nowMs = Date.parse('2026-12-02T00:00:00Z');
    expect((await ask(secret, { headers: { 'If-None-Match': tag } })).status).toBe(200);
  });

  it('forget a flag that was archived', async () => {
    const { secret } = running.key('server');
    await keysIn(await ask(secret));
    running.write(flagWrites('first', {}, { archivedAt: '2026-02-01T00:00:00Z' }).slice(0, 1));
    expect(await keysIn(await ask(secret))).toEqual(['for-browsers', 'team/second']);
  });
});

async function streamOf(key: { secret: string }): Promise<string | undefined> {
  const { eventStreams } = (await (await ask(key.secret)).json()) as All;
  return eventStreams?.[0]?.endpoint.requestUri;
}

async function open(uri: string, headers: Record<string, string> = {}): Promise<StreamReader> {
  const reader = await openReader(running.address + uri, headers);
  readers.push(reader);
  return reader;
}

describe('the stream of notices', () => {
  it('is named to client keys alone: a server key must not stand in an address', async () => {
    const key = running.key('client');
    expect(await streamOf(key)).toBe(`/ofrep/v1/stream?key=${key.secret}`);
    expect(await streamOf(running.key('server'))).toBeUndefined();
  });

  it('says at once to ask, then again whenever something that its key sees was written', async () => {
    const reader = await open((await streamOf(running.key('client'))) ?? '');
    const [first] = await reader.atLeast(1);
    expect(first).toMatchObject({ name: 'message', data: ['{"type":"refetchEvaluation"}'] });
    running.write(flagWrites('first', { fallthrough: { variant: 'b' } }));
    running.write(flagWrites('for-browsers', { client: true, fallthrough: { variant: 'b' } }));
    const events = await reader.atLeast(2);
    expect(events.map(({ name }) => name)).toEqual(['message', 'message']);
    expect(events[1]?.id).not.toBe(first?.id);
  });

  it('says nothing at once to who comes back and has missed nothing', async () => {
    const uri = (await streamOf(running.key('client'))) ?? '';
    const first = await open(uri);
    const id = (await first.atLeast(1)).at(-1)?.id ?? '';
    const [same, behind] = [await open(uri, { 'Last-Event-ID': id }), await open(uri, { 'Last-Event-ID': 'e.1' })];
    await behind.atLeast(1);
    expect(same.events).toEqual([]);
    running.write(flagWrites('for-browsers', { client: true, fallthrough: { variant: 'b' } }));
    expect(await same.atLeast(1)).toHaveLength(1);
  });

  it('ends when its key is revoked', async () => {
    const key = running.key('client');
    const reader = await open((await streamOf(key)) ?? '');
    await reader.atLeast(1);
    running.revoke(key.id);
    expect((await reader.ended()).at(-1)?.name).toBe('goodbye');
  });
});
