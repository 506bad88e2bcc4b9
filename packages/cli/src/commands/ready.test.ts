import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig } from '@taffrail/server';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createUser, startServer } from '../cli.test-kit.ts';

const user = createUser();
let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer();
}, 30_000);
afterAll(() => server.close());

const ready = (env: Record<string, string>, ...args: string[]) => user.run(['ready', ...args], { env });
const portOf = (url: string) => new URL(url).port;

it.each([
  ['where it listens', (PORT: string) => ready({ PORT })],
  ['on this machine, if it listens everywhere', (PORT: string) => ready({ PORT, TAFFRAIL_HOST: '0.0.0.0' })],
  ['where it was told to', (port: string) => ready({ PORT: '1' }, '--port', port, '--host', '127.0.0.1')],
])('asks the server %s', async (_, ask) => {
  const port = portOf(server.url);
  expect(await ask(port)).toEqual({ exitCode: 0, out: `http://127.0.0.1:${port} is ready.\n`, err: '' });
});

it('looks where a server listens that was told nothing', async () => {
  const { port, host } = readConfig({});
  const { out, err } = await ready({});
  expect(out + err).toContain(`http://${host}:${port} is`);
});

it('fails where nobody answers', async () => {
  expect(await ready({ PORT: '1' })).toMatchObject({
    exitCode: 2,
    err: 'http://127.0.0.1:1 is not ready: nobody answers there.\n',
  });
});

it('says why a server is not ready, and waits until it is', async () => {
  let asked = 0;
  const leaving = createServer((_, response) => {
    response.statusCode = (asked += 1) < 3 ? 503 : 200;
    response.end('The server is shutting down.\n');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void leaving.close());
  await once(leaving, 'listening');
  const PORT = String((leaving.address() as AddressInfo).port);
  expect((await ready({ PORT })).err).toContain('is not ready: The server is shutting down.');
  expect(await ready({ PORT }, '--wait', '30')).toMatchObject({ exitCode: 0 });
  expect(asked).toBe(3);
});
