import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, describe, expect, it, test } from 'vitest';
import { readConfig } from './config.ts';
import { signInLink } from './sign-in-link.ts';
import { signUpOwner } from './testing/people.ts';
import { newFolder, startServer, type RunningServer, type StartOptions } from './testing/running-server.ts';

const running: RunningServer[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function start(options?: StartOptions): Promise<RunningServer> {
  const server = await startServer(options);
  running.push(server);
  folders.push(server.folder);
  return server;
}

async function restart(server: RunningServer): Promise<RunningServer> {
  await server.close();
  running.splice(running.indexOf(server), 1);
  return start({ folder: server.folder });
}

describe('the first start', () => {
  it('prints the address and a link, and has a project with three environments', async () => {
    const server = await start();
    expect(server.lines[0]).toBe(`Taffrail runs at ${server.url}`);
    expect(server.lines[1]).toMatch(
      new RegExp(`^Sign in for the first time, once, within 24 hours: ${server.url}/link#tf_lnk_\\w{8}_\\w{49}$`),
    );
    expect(server.lines).toHaveLength(2);
    const { token } = await signUpOwner(server);
    expect((await server.send('GET', '/api/v1/orgs/default/projects', { token })).body).toMatchObject({
      projects: [
        {
          project: { key: 'default' },
          environments: [{ key: 'development' }, { key: 'staging' }, { key: 'production', production: true }],
          flags: 0,
        },
      ],
    });
  });

  it('makes no keys: their secrets are shown to people', async () => {
    const server = await start();
    const { token } = await signUpOwner(server);
    const path = '/api/v1/orgs/default/projects/default/environments/production/keys';
    expect((await server.send('GET', path, { token })).body).toEqual({ keys: [] });
  });
});

describe('a later start', () => {
  it('prints the address and nothing else', async () => {
    const server = await start();
    await signUpOwner(server);
    const again = await restart(server);
    expect(again.lines).toEqual([`Taffrail runs at ${again.url}`]);
  });

  it('prints a link again as long as nobody has signed in', async () => {
    const first = await start();
    const again = await restart(first);
    expect(again.firstLink).not.toBe('');
    expect(again.firstLink).not.toBe(first.firstLink);
    const body = { link: again.firstLink, email: 'ana@example.org', name: 'Ana', password: 'correct horse' };
    expect((await again.send('POST', '/api/v1/session/link', { body })).status).toBe(200);
  });

  it('makes nobody an owner by a first link that was left over', async () => {
    const first = await start();
    const again = await restart(first);
    await signUpOwner(again);
    const body = { link: first.firstLink, email: 'eve@example.org', name: 'Eve', password: 'correct horse' };
    expect((await again.send('POST', '/api/v1/session/link', { body })).status).toBe(410);
  });

  it('knows everybody and everything', async () => {
    const server = await start();
    const { token, cookie } = await signUpOwner(server);
    const again = await restart(server);
    expect((await again.send('GET', '/api/v1/session', { token })).status).toBe(200);
    expect((await again.send('GET', '/api/v1/session', { cookie })).status).toBe(200);
  });
});

test('an address without https that others can reach comes with a warning', async () => {
  const server = await start({ env: { TAFFRAIL_HOST: '0.0.0.0' } });
  expect(server.lines[1]).toMatch(/^Warning: without https, /);
  const secure = await start({ env: { TAFFRAIL_HOST: '0.0.0.0', TAFFRAIL_URL: 'https://flags.example.org' } });
  expect(secure.lines[0]).toBe('Taffrail runs at https://flags.example.org');
  expect(secure.lines[1]).toMatch(/^Sign in .* https:\/\/flags\.example\.org\/link#/);
});

describe('what cannot be started has its sentence', () => {
  it('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const folder = newFolder();
    folders.push(folder);
    await expect(startServer({ folder, env: { PORT: String(port) } })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken by another program. Stop it, or set PORT to another one.`,
    );
    other.close();
    expect((await start({ folder })).firstLink).not.toBe('');
  });

  it('an address that this machine does not have', async () => {
    await expect(startServer({ env: { TAFFRAIL_HOST: '192.0.2.1' } })).rejects.toThrow(/no address 192.0.2.1/);
  });

  it('a folder on which a server runs', async () => {
    const { folder } = await start();
    await expect(startServer({ folder })).rejects.toThrow(
      `A server is running on ${folder}. Stop it first, or set TAFFRAIL_DATA`,
    );
  });

  it('a folder that cannot be made', async () => {
    const folder = newFolder();
    folders.push(folder);
    writeFileSync(join(folder, 'file'), '');
    await expect(startServer({ folder: join(folder, 'file', 'data') })).rejects.toThrow(/cannot be made.*TAFFRAIL_DATA/);
  });

  it('a database of a later release', async () => {
    const server = await start();
    await server.close();
    running.length = 0;
    const database = new Sqlite(join(server.folder, 'taffrail.db'));
    database.prepare(`INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('from the future', 9999999999999)`).run();
    database.close();
    await expect(startServer({ folder: server.folder })).rejects.toThrow(/written by a newer release/);
  });
});

test('a sign-in link needs a database', () => {
  const folder = newFolder();
  folders.push(folder);
  expect(() => signInLink({ config: readConfig({ TAFFRAIL_DATA: join(folder, 'none') }) })).toThrow(/There is no database in/);
  expect(existsSync(join(folder, 'none'))).toBe(false);
});

describe('leaving', () => {
  it('says so to whoever sends work, lets what is under way finish, and closes everything', async () => {
    const server = await start();
    const { token } = await signUpOwner(server);
    const key = await server.send<{ secret: string }>(
      'POST',
      '/api/v1/orgs/default/projects/default/environments/production/keys',
      {
        token,
        body: { kind: 'server', name: 'test' },
      },
    );
    const stream = await fetch(`${server.address}/sdk/v1/stream`, { headers: { Authorization: `Bearer ${key.body.secret}` } });
    const [said] = await Promise.all([stream.text(), server.close(), server.close()]);
    expect(said).toMatch(/event: goodbye\ndata: .*"fatal":false/);
    await expect(fetch(server.address)).rejects.toThrow('fetch failed');
    expect(existsSync(join(server.folder, 'address'))).toBe(false);
    running.length = 0;
    await start({ folder: server.folder });
  });
});
