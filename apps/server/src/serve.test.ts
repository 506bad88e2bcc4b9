import { afterAll, expect, test } from 'vitest';
import { signUpOwner } from './testing/people.ts';
import { startServer, type RunningServer } from './testing/running-server.ts';

const servers: RunningServer[] = [];
afterAll(() => Promise.all(servers.map((server) => server.remove())));

test('smoke', async () => {
  const server = await startServer();
  servers.push(server);
  console.log(server.lines);
  const ana = await signUpOwner(server);
  console.log(ana);
  for (const [m, p] of [
    ['GET', '/api/v1/session'],
    ['GET', '/api/v1/orgs/default'],
    ['GET', '/api/v1/orgs/nope'],
    ['GET', '/api/v1/orgs/default/members'],
    ['GET', '/healthz'],
    ['GET', '/readyz'],
    ['GET', '/metrics'],
    ['GET', '/api/docs'],
    ['GET', '/api/openapi.json'],
    ['DELETE', '/api/v1/session/password'],
    ['GET', '/'],
  ]) {
    const a = await server.send(m!, p!, { token: ana.token });
    console.log(m, p, a.status, a.text.slice(0, 300));
  }
  expect(1).toBe(1);
});
