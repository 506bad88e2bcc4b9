import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUpOwner, type SignedIn } from '../testing/people.ts';
import { startServer, type RunningServer } from '../testing/running-server.ts';

let server: RunningServer;
let ana: SignedIn;
const project = '/api/v1/orgs/default/projects/web';

beforeAll(async () => {
  server = await startServer();
  ana = await signUpOwner(server);
  await server.send('POST', '/api/v1/orgs/default/projects', { token: ana.token, body: { key: 'web', name: 'Web' } });
  for (let at = 0; at < 10; at++)
    await server.send('POST', `${project}/flags`, { token: ana.token, body: { key: `flag-${at}` } });
});
afterAll(() => server.remove());

/** Asks as a client that says what it reads; nothing is unpacked on the way. */
async function read(path: string, encoding: string) {
  const headers = { Authorization: `Bearer ${ana.token}`, 'Accept-Encoding': encoding };
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    get(server.address + path, { headers }, resolve).on('error', reject),
  );
  return { headers: response.headers, body: await buffer(response) };
}

describe('a long answer', () => {
  it('is packed for who can read that, and says so', async () => {
    const [packed, plain] = [await read(`${project}/flags`, 'br, gzip'), await read(`${project}/flags`, 'identity')];
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: expect.stringContaining('Accept-Encoding') });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers.vary).toContain('Accept-Encoding');
    expect(gunzipSync(packed.body)).toEqual(plain.body);
    expect(packed.body.length * 4).toBeLessThan(plain.body.length);
    expect(packed.headers['content-length']).toBe(String(packed.body.length));
  });

  it.each(['', 'gzip;q=0', 'br'])('is sent as it is to who reads %j', async (encoding) => {
    expect((await read(`${project}/flags`, encoding)).headers['content-encoding']).toBeUndefined();
  });
});

it('a short answer and a stream of events are never packed', async () => {
  expect((await read(project, 'gzip')).headers).not.toHaveProperty('content-encoding');
  const { headers } = await server.send('GET', `${project}/stream`, { token: ana.token, headers: { 'Accept-Encoding': 'gzip' } });
  expect([headers.get('content-type'), headers.get('content-encoding')]).toEqual(['text/event-stream', null]);
});
