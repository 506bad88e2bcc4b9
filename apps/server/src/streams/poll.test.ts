import { setImmediate as turn } from 'node:timers/promises';
import { parseSnapshot } from '@taffrail/engine';
import type { Problem } from '@taffrail/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flagWrites, startStreams } from './running-streams.test-kit.ts';

type Running = Awaited<ReturnType<typeof startStreams>>;

let nowMs = Date.parse('2026-11-01T00:00:00Z');
let running: Running;
let secret: string;

beforeAll(async () => {
  running = await startStreams({ clock: () => new Date(nowMs) });
  ({ secret } = running.key('server'));
  running.write([
    ...flagWrites('first', { variants: { a: 'long '.repeat(1_000) } }),
    ...flagWrites('for-browsers', { client: true }),
  ]);
});
afterAll(() => running.remove());

type Headers = Record<string, string>;

/** Polls as an SDK does; `Accept-Encoding` is only what the test says. */
async function poll(headers: Headers = {}, { query = '', key = secret } = {}) {
  await turn();
  const all = { 'Accept-Encoding': 'identity', ...(key && { Authorization: `Bearer ${key}` }), ...headers };
  return fetch(`${running.address}/sdk/v1/snapshot${query}`, { headers: all });
}
const etagOf = (response: Response): string => response.headers.get('etag') ?? '';
const problemOf = async (response: Response) => (await response.json()) as Problem;

describe('a poll', () => {
  it("is answered with the snapshot of its key's environment, to be kept but asked for again", async () => {
    const response = await poll();
    const { snapshot } = parseSnapshot(await response.text());
    expect(response.status).toBe(200);
    expect(snapshot?.header).toMatchObject({ audience: 'server', origin: { environment: 'production' }, revision: 1, flags: 2 });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/x-ndjson',
      'cache-control': 'private, no-cache, no-transform',
      vary: 'Authorization, Accept-Encoding, Origin',
      etag: `"${snapshot?.header.epoch}.1-server-1"`,
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'ETag, Retry-After',
    });
  });

  it('is answered with nothing while the head stands, and with the next one when it does not', async () => {
    const etag = etagOf(await poll());
    const again = await poll({ 'If-None-Match': etag });
    expect([again.status, await again.text(), etagOf(again)]).toEqual([304, '', etag]);
    running.write(flagWrites('second'));
    const next = await poll({ 'If-None-Match': etag });
    expect(next.status).toBe(200);
    expect(etagOf(next)).not.toBe(etag);
  });

  it('keeps its head through a change that its audience does not see', async () => {
    const { secret: client } = running.key('client');
    const [ofServer, ofClient] = [etagOf(await poll()), etagOf(await poll({}, { key: client }))];
    running.write(flagWrites('first', { variants: { a: 'long '.repeat(1_001) } }));
    expect((await poll({ 'If-None-Match': ofClient }, { key: client })).status).toBe(304);
    expect((await poll({ 'If-None-Match': ofServer })).status).toBe(200);
    const described = flagWrites('first', {}, { description: 'for people' }).slice(0, 1);
    const head = etagOf(await poll());
    running.write(described);
    expect((await poll({ 'If-None-Match': head })).status).toBe(304);
  });

  it('is answered with a patch from a state that is known, and else with everything', async () => {
    const before = parseSnapshot(await (await poll()).text()).snapshot?.header;
    const to = running.write(flagWrites('third'));
    const [header = '', ...lines] = (await (await poll({}, { query: `?from=${before?.epoch}.${before?.revision}` })).text())
      .trim()
      .split('\n');
    expect(JSON.parse(header)).toMatchObject({ from: before?.revision, to, del: [] });
    expect(lines).toHaveLength(1);
    for (const from of [`${before?.epoch}.99999`, 'ffff.1', 'nonsense', '']) {
      const { snapshot } = parseSnapshot(await (await poll({}, { query: `?from=${from}` })).text());
      expect(snapshot?.header.revision).toBe(to);
    }
  });

  it.each([
    ['gzip', 'gzip', '-gzip'],
    ['gzip, br;q=0', 'gzip', '-gzip'],
    ['gzip;q=0', null, ''],
    ['identity', null, ''],
    ['br', null, ''],
  ])('that accepts %s is answered in %s', async (accepted, coding, suffix) => {
    const response = await poll({ 'Accept-Encoding': accepted });
    expect(response.headers.get('content-encoding')).toBe(coding);
    expect(etagOf(response)).toMatch(new RegExp(`-server-1${suffix}"$`));
    expect(parseSnapshot(await response.text()).error).toBeUndefined();
    expect((await poll({ 'Accept-Encoding': 'identity', 'If-None-Match': etagOf(response) })).status).toBe(304);
  });

  it('is answered in brotli once the head has stood for ten seconds and it has been made', async () => {
    const accepted = { 'Accept-Encoding': 'gzip, br' };
    running.write(flagWrites('fourth'));
    await poll(accepted);
    nowMs += 9_999;
    expect((await poll(accepted)).headers.get('content-encoding')).toBe('gzip');
    nowMs += 1;
    let response = await poll(accepted);
    while (response.headers.get('content-encoding') !== 'br') response = await poll(accepted);
    expect(etagOf(response)).toMatch(/-br"$/);
    expect(parseSnapshot(await response.text()).error).toBeUndefined();
  });
});

describe('a key', () => {
  it('leads to its own environment and to nothing of another, though their heads have the same number', async () => {
    const elsewhere = running.key('server', { environment: 'staging' });
    const here = await poll();
    const there = await poll({ 'If-None-Match': etagOf(here) }, { key: elsewhere.secret });
    expect(there.status).toBe(200);
    const text = await there.text();
    expect(parseSnapshot(text).snapshot?.header).toMatchObject({ origin: { environment: 'staging' }, flags: 0 });
    const position = /"epoch":"(\w+)"/.exec(await here.text())?.[1];
    expect(text).not.toContain(position);
    const patch = await poll({}, { key: elsewhere.secret, query: `?from=${position}.1` });
    expect(parseSnapshot(await patch.text()).snapshot?.header.origin).toEqual({ environment: 'staging' });
  });

  it('of a browser leads to the flags marked for browsers', async () => {
    const { secret: client } = running.key('client');
    const { snapshot } = parseSnapshot(await (await poll({}, { key: client })).text());
    expect(snapshot?.header).toMatchObject({ audience: 'client', flags: 1 });
    expect(snapshot?.items.map(({ key }) => key)).toEqual(['for-browsers']);
  });

  it.each<[string, () => { headers?: Headers; key?: string }, number, string, RegExp]>([
    ['is missing', () => ({ key: '' }), 401, 'KEY_REJECTED', /Send a server key or a client key/],
    ['is mistyped', () => ({ key: mistyped(secret) }), 401, 'KEY_REJECTED', /not known here/],
    ['is not of this server', () => ({ key: secret.replace('tf_srv_', 'tf_cli_') }), 401, 'KEY_REJECTED', /not known here/],
    ['comes in another scheme', () => ({ headers: { Authorization: `Basic ${secret}` } }), 401, 'KEY_REJECTED', /not known here/],
    [
      'has expired',
      () => ({ key: running.key('server', { expiresAt: new Date(nowMs).toISOString() }).secret }),
      401,
      'KEY_REJECTED',
      /expired/,
    ],
    [
      'is a server key in a page',
      () => ({ headers: { Origin: 'https://app.example' } }),
      403,
      'ORIGIN_REFUSED',
      /must not be in a page/,
    ],
    [
      'is a client key in the page of somebody else',
      () => ({
        key: running.key('client', { origins: ['https://app.example'] }).secret,
        headers: { Origin: 'https://evil.example' },
      }),
      403,
      'ORIGIN_REFUSED',
      /not for pages of https:\/\/evil\.example/,
    ],
  ])('that %s is refused in words, which a page can read', async (_, ask, status, code, detail) => {
    const { headers = {}, key = secret } = ask();
    const response = await poll(headers, { key });
    const problem = await problemOf(response);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(problem).toMatchObject({ code, status });
    expect(problem.detail).toMatch(detail);
  });

  it('of a browser is taken from its origins, and from where no browser says otherwise', async () => {
    const bound = running.key('client', { origins: ['https://app.example', 'http://localhost:3000'] }).secret;
    const free = running.key('client').secret;
    const statuses = await Promise.all([
      poll({ Origin: 'https://app.example' }, { key: bound }),
      poll({ Origin: 'http://localhost:3000' }, { key: bound }),
      poll({}, { key: bound }),
      poll({ Origin: 'https://anywhere.example' }, { key: free }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('that was revoked is refused at once', async () => {
    const { id, secret: revoked } = running.key('server');
    expect((await poll({}, { key: revoked })).status).toBe(200);
    running.revoke(id);
    expect((await poll({}, { key: revoked })).status).toBe(401);
  });
});

const told = ({ status, headers }: Response) => [status, ...['etag', 'content-length', 'vary'].map((name) => headers.get(name))];

describe('the paths of SDKs', () => {
  it('answer a preflight for every header that an SDK sends', async () => {
    const response = await fetch(`${running.address}/sdk/v1/snapshot`, {
      method: 'OPTIONS',
      headers: { Origin: 'https://app.example' },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-headers')).toBe(
      'Authorization, If-None-Match, Last-Event-ID, Cache-Control',
    );
    expect(response.headers.get('access-control-max-age')).toBe('86400');
  });

  it.each([
    ['GET', '/sdk/v1/snapshots'],
    ['GET', '/sdk/v1/'],
    ['GET', '/constructor'],
    ['GET', '/'],
  ])('leave %s %s to others', async (method, path) => {
    expect((await fetch(running.address + path, { method })).status).toBe(418);
  });

  it.each([
    ['POST', '/sdk/v1/snapshot', 'GET, HEAD, OPTIONS'],
    ['HEAD', '/sdk/v1/stream', 'GET, OPTIONS'],
    ['PUT', '/sdk/v1/stream?from=a.1', 'GET, OPTIONS'],
  ])('refuse %s %s, and say what they take', async (method, path, allowed) => {
    const response = await fetch(running.address + path, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allowed]);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('answer HEAD as they answer GET, without the body', async () => {
    const headers = { Authorization: `Bearer ${secret}`, 'Accept-Encoding': 'identity' };
    const [get, head] = [await poll(), await fetch(`${running.address}/sdk/v1/snapshot`, { method: 'HEAD', headers })];
    expect(told(head)).toEqual(told(get));
    expect(await head.text()).toBe('');
    const unchanged = { ...headers, 'If-None-Match': etagOf(head) };
    expect((await fetch(`${running.address}/sdk/v1/snapshot`, { method: 'HEAD', headers: unchanged })).status).toBe(304);
    expect((await fetch(`${running.address}/sdk/v1/snapshot`, { method: 'HEAD' })).status).toBe(401);
  });

  it('count what they answer', async () => {
    const before = running.streams.stats();
    const etag = etagOf(await poll());
    await poll({ 'If-None-Match': etag });
    await poll({}, { key: 'wrong' });
    const { bodies, unchanged, problems } = running.streams.stats();
    expect([bodies - before.bodies, unchanged - before.unchanged, problems - before.problems]).toEqual([1, 1, 1]);
    expect(running.failures).toEqual([]);
  });
});

/** Another last character, whichever it was. */
const mistyped = (key: string) => `${key.slice(0, -1)}${key.endsWith('x') ? 'y' : 'x'}`;
