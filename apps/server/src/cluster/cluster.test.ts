import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cluster, openStream, poll, positionOf, secret, startCluster } from './cluster.test-kit.ts';

let cluster: Cluster;
beforeEach(async () => void (cluster = await startCluster()));
afterEach(() => cluster.remove());

const problemOf = ({ text }: { text: string }) => JSON.parse(text) as { code: string; detail: string };

describe('a stream process', () => {
  it.each(['server', 'client'] as const)('answers a %s key with the very bytes of the writer', async (kind) => {
    await cluster.createFlag('tested', { client: true });
    const { secret: key } = await cluster.key(kind);
    const stream = await cluster.stream();
    const before = await poll(cluster.writer(), key);
    expect(await poll(stream, key)).toEqual(before);
    const from = `?from=${positionOf(before)}`;

    const reader = await openStream(stream, key);
    const [, , patch] = await (await cluster.turn('tested', true), reader.atLeast(3));
    expect(patch).toMatchObject({ name: 'patch' });
    const after = await poll(cluster.writer(), key, from);
    expect(after.text.trimEnd()).toBe(patch?.data.join('\n'));
    expect(await poll(stream, key, from)).toEqual(after);
    expect(await poll(stream, key)).toEqual(await poll(cluster.writer(), key));
    await reader.close();
  });

  it('answers over OFREP what the writer answers, and the next answer after a change', async () => {
    await cluster.createFlag('tested');
    const { secret: key } = await cluster.key('server');
    const stream = await cluster.stream();
    const answers = () =>
      Promise.all(
        [stream, cluster.writer()].map(async ({ url }) => {
          const address = `${url}/ofrep/v1/evaluate/flags`;
          return (await fetch(address, { method: 'POST', headers: { 'X-API-Key': key }, body: '{}' })).text();
        }),
      );
    const [before, atWriter] = await answers();
    expect(before).toBe(atWriter);
    await cluster.turn('tested', true);
    await expect.poll(answers, { timeout: 10_000 }).toEqual(Array(2).fill(expect.stringContaining('"STATIC"')));
    expect(before).not.toContain('"STATIC"');
  });

  it('is at the newest at once for a reader that has seen it elsewhere', async () => {
    await cluster.createFlag('tested');
    const { secret: key } = await cluster.key('server');
    const stream = await cluster.stream();
    await poll(stream, key);
    await cluster.turn('tested', true);
    const newest = positionOf(await poll(cluster.writer(), key));
    const reader = await openStream(stream, key, { 'last-event-id': newest });
    const [hello] = await reader.atLeast(1);
    expect(newest.endsWith(`.${JSON.parse(hello?.data[0] ?? '').head}`)).toBe(true);
    await reader.close();
    expect(reader.events.map(({ name }) => name)).toEqual(['hello']);
  });

  it('goes on with what it has while the writer is away, and then from where the writer is', async () => {
    await cluster.createFlag('tested');
    const { secret: key } = await cluster.key('server');
    const stream = await cluster.stream();
    const reader = await openStream(stream, key);
    await reader.atLeast(2);
    const before = await poll(stream, key);
    await cluster.stopWriter();
    const away = () => stream.lines.filter((line) => line.includes('is away'));
    await expect.poll(away, { timeout: 10_000 }).toHaveLength(1);
    expect(await poll(stream, key)).toEqual(before);
    const late = await openStream(stream, key);
    expect((await late.atLeast(2)).map(({ name }) => name)).toEqual(['hello', 'snapshot']);

    await cluster.startWriter();
    await cluster.turn('tested', true);
    for (const each of [reader, late]) expect((await each.atLeast(3)).map(({ name }) => name).at(-1)).toBe('patch');
    expect(await poll(stream, key)).toEqual(await poll(cluster.writer(), key));
    for (const each of [reader, late]) await each.close();
    expect(away()).toHaveLength(1);
  }, 20_000);

  it('is not ready before it knows which keys are good', async () => {
    await cluster.createFlag('tested');
    const { secret: key } = await cluster.key('server');
    await cluster.stopWriter();
    const stream = await cluster.stream();
    expect(await stream.send('GET', '/readyz')).toMatchObject({ status: 503, text: expect.stringContaining(cluster.address) });
    expect(await stream.send('GET', '/healthz')).toMatchObject({ status: 200 });
    const refused = await poll(stream, key);
    expect([refused.status, problemOf(refused).code]).toEqual([503, 'BUSY']);
    await cluster.startWriter();
    await expect.poll(async () => (await stream.send('GET', '/readyz')).status, { timeout: 10_000 }).toBe(200);
    expect((await poll(stream, key)).status).toBe(200);
  });

  it.each(['/', '/api/v1/orgs', '/api/openapi.json', '/cluster/v1/keys', '/install/v1/shipments/main'])(
    'sends who asks for %s to the writer',
    async (path) => {
      const stream = await cluster.stream();
      const answer = await stream.send<{ detail: string }>('GET', path);
      expect([answer.status, answer.body.detail]).toEqual([421, expect.stringContaining(cluster.address)]);
    },
  );

  it('says what is wrong if its secret is another', async () => {
    const stream = await cluster.stream({ TAFFRAIL_CLUSTER_SECRET: `${secret}-not` });
    expect(stream.lines.join('\n')).toMatch(/refuses the cluster secret of this process: set TAFFRAIL_CLUSTER_SECRET/);
    expect(stream.lines.join('\n')).not.toContain('is away');
    expect((await stream.send('GET', '/readyz')).status).toBe(503);
  });

  it('tells its streams when to come back before it ends', async () => {
    await cluster.createFlag('tested');
    const { secret: key } = await cluster.key('server');
    const stream = await cluster.stream();
    const reader = await openStream(stream, key);
    await reader.atLeast(2);
    await cluster.stop(stream);
    expect((await reader.ended()).at(-1)).toMatchObject({ name: 'goodbye', data: [expect.stringContaining('reconnectInMs')] });
  });
});

describe('the writer', () => {
  it('says who serves the SDKs of an environment', async () => {
    await cluster.createFlag('tested');
    const [{ id, secret: key }, stream] = [await cluster.key('server'), await cluster.stream()];
    const readers = await Promise.all([openStream(stream, key), openStream(stream, key), openStream(cluster.writer(), key)]);
    await Promise.all(readers.map((reader) => reader.atLeast(2)));
    const head = Number(positionOf(await poll(stream, key)).split('.')[1]);
    const at = { audience: 'server', process: expect.any(String), head };
    await expect.poll(cluster.connections, { timeout: 10_000 }).toEqual({
      processes: [
        { ...at, streams: 1 },
        { ...at, streams: 2 },
      ],
      keys: [{ key: id, streams: 3 }],
    });
    await Promise.all(readers.map((reader) => reader.close()));
    await expect.poll(async () => (await cluster.connections()).keys, { timeout: 10_000 }).toEqual([]);
  }, 30_000);
});

describe('keys, at a stream process', () => {
  it('are good as soon as they are created, and their use is noted at the writer', async () => {
    await cluster.createFlag('tested');
    const stream = await cluster.stream();
    const { id, secret: key } = await cluster.key('server');
    expect((await poll(stream, key)).status).toBe(200);
    const lastUsed = async () => (await cluster.listKeys()).find((one) => one.id === id)?.lastUsedAt;
    await expect.poll(lastUsed, { timeout: 10_000 }).toBeTypeOf('string');
  });

  it('that nobody drew are refused, mistyped or not', async () => {
    const { secret: key } = await cluster.key('server');
    const stream = await cluster.stream();
    expect((await poll(stream, `${key.slice(0, -1)}!`)).status).toBe(401);
    const elsewhere = await startCluster();
    const { secret: foreign } = await elsewhere.key('server');
    await elsewhere.remove();
    expect((await poll(stream, foreign)).status).toBe(401);
  });

  it('lose their streams when they are revoked or expire', async () => {
    await cluster.createFlag('tested');
    const stream = await cluster.stream();
    const [revoked, kept] = [await cluster.key('server'), await cluster.key('client')];
    const expiring = await cluster.key('server', { expiresAt: new Date(Date.now() + 3_000).toISOString() });
    const [one, other, two] = await Promise.all([revoked, kept, expiring].map(({ secret: key }) => openStream(stream, key)));
    await cluster.revoke(revoked.id);
    for (const ended of [one, two]) {
      expect((await ended?.ended())?.at(-1)).toMatchObject({ name: 'goodbye', data: [expect.stringContaining('"fatal":true')] });
    }
    expect((await poll(stream, revoked.secret)).status).toBe(401);
    expect((await poll(stream, expiring.secret)).status).toBe(401);
    expect((await poll(stream, kept.secret)).status).toBe(200);
    expect(other?.events.map(({ name }) => name)).not.toContain('goodbye');
    await other?.close();
  }, 20_000);

  it('of pages are bound to their origins', async () => {
    await cluster.createFlag('tested');
    const stream = await cluster.stream();
    const { secret: key } = await cluster.key('client', { origins: ['https://shop.example'] });
    expect((await poll(stream, key, '', { origin: 'https://shop.example' })).status).toBe(200);
    expect((await poll(stream, key, '', { origin: 'https://other.example' })).status).toBe(403);
  });
});

const ask = (path: string, authorization: string) => cluster.writer().send('GET', path, { headers: { authorization } });

describe('what the writer has for other processes', () => {
  it.each(['', 'Bearer ', `Bearer ${secret}x`, `Bearer ${secret.slice(1)}`])(
    'is not told to who shows %j',
    async (authorization) => {
      const answer = await ask('/cluster/v1/keys', authorization);
      expect([answer.status, answer.text.includes('digest')]).toEqual([401, false]);
    },
  );

  it('holds no secret of a key', async () => {
    const { id, secret: key } = await cluster.key('server');
    const { status, text } = await ask('/cluster/v1/keys', `Bearer ${secret}`);
    expect([status, text.includes(id), text.includes(key)]).toEqual([200, true, false]);
  });

  it.each([
    '',
    'nonsense',
    'null',
    '[]',
    '{"report":{},"used":[]}',
    '{"report":{"process":"p","keys":{},"places":[{}]},"used":[]}',
  ])('takes no report that is none: %s', async (body) => {
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
    const { status } = await fetch(`${cluster.address}/cluster/v1/sync`, { method: 'POST', headers, body });
    const { processes } = await cluster.connections();
    expect([status, Array.isArray(processes)]).toEqual([422, true]);
  });

  it('is not there without a secret', async () => {
    const { startServer } = await import('../testing/running-server.ts');
    const alone = await startServer();
    const answer = await alone.send('GET', '/cluster/v1/keys', { headers: { authorization: `Bearer ${secret}` } });
    expect(answer.text).not.toContain('digest');
    expect(answer.status).toBe((await alone.send('GET', '/cluster/anything')).status);
    await alone.remove();
  });
});
