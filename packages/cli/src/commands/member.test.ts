import { afterAll, beforeAll, expect, it } from 'vitest';
import { createUser, startServer } from '../cli.test-kit.ts';

const ana = createUser();
let server: Awaited<ReturnType<typeof startServer>>;
const member = (line: string) => ana.run(['member', ...line.split(' ')]);

beforeAll(async () => {
  server = await startServer();
  const login = `login ${server.link} --email ana@acme.example --name Ana --password - -p default`;
  await ana.run(login.split(' '), { input: 'correct horse\n' });
}, 30_000);
afterAll(() => server.close());

it('are invited by a link that is all of standard output, for the place that is said', async () => {
  const { out, err, exitCode } = await member('invite ben@acme.example --role editor -e production');
  expect(exitCode).toBe(0);
  expect(out).toMatch(/^https?:\S+#\S+\n$/);
  expect(err).toContain('ben@acme.example is invited as editor in default in production until');
  expect((await member('list')).out).toMatch(/ben@acme\.example +editor in default in production +invited until/);

  const ben = createUser();
  const joined = `login ${out.trim()} --email ben@acme.example --name Ben --password -`;
  expect(await ben.run(joined.split(' '), { input: 'battery staple\n' })).toMatchObject({ exitCode: 0 });
  expect((await member('list')).out).toMatch(/ben@acme\.example +Ben +editor in default in production *\n/);
});

it('are removed by their address, and invitations withdrawn', async () => {
  await member('invite cleo@acme.example --role viewer');
  expect((await member('list')).out).toMatch(/cleo@acme\.example +viewer/);
  expect((await member('remove cleo@acme.example')).out).toBe('The invitation of cleo@acme.example is withdrawn.\n');
  expect((await member('remove Ben@acme.example')).out).toBe('Ben@acme.example is no member any more.\n');
  expect((await member('list')).out).not.toMatch(/ben@|cleo@/);
  expect(await member('remove ben@acme.example')).toMatchObject({ exitCode: 1, err: expect.stringContaining('no member of') });
  expect(await member('remove ana@acme.example')).toMatchObject({ exitCode: 1 });
  expect((await member('list')).out).toContain('ana@acme.example');
});
