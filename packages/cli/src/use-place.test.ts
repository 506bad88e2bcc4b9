import { afterAll, beforeAll, expect, it } from 'vitest';
import { createUser, startServer } from './cli.test-kit.ts';

const user = createUser();
let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  server = await startServer();
  const login = `login ${server.link} --email ana@acme.example --name Ana --password - -p default -e production`;
  await user.run(login.split(' '), { input: 'correct horse\n' });
}, 30_000);

const use = (...args: string[]) => user.run(['use', ...args]);
const kept = async () => JSON.parse((await user.run(['whoami', '--json'])).out).defaults;

it('refuses a place that the server does not know, and keeps the one it had', async () => {
  expect(await use('--project', 'nope')).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('There is no project "nope" that you may see. There is default.'),
  });
  expect((await use('-e', 'prodution')).err).toContain('There is no environment "prodution" that you may see. Did you mean');
  expect((await use('--organization', 'nope')).err).toContain('There is no organization "nope"');
  expect(await kept()).toEqual({ project: 'default', environment: 'production' });
  expect(await use('-e', 'staging')).toMatchObject({ exitCode: 0, err: '' });
  expect(await kept()).toEqual({ project: 'default', environment: 'staging' });
});

it('takes a place as it was said while the server does not answer, and says so', async () => {
  await server.close();
  expect(await use('-e', 'somewhere')).toMatchObject({ exitCode: 0, err: expect.stringContaining('did not answer') });
});

afterAll(() => server.close().catch(() => {}));
