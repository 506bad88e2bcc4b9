import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { signUpOwner, tokenOf, type SignedIn } from '../testing/people.ts';
import { startServer, type RunningServer } from '../testing/running-server.ts';

const dayMs = 86_400_000;
let nowMs = Date.parse('2026-11-23T12:00:00Z');
let server: RunningServer;
let owner: SignedIn;

beforeAll(async () => {
  server = await startServer({ clock: () => new Date(nowMs) });
  owner = await signUpOwner(server);
});
afterAll(() => server.remove());

const org = '/api/v1/orgs/default';
const keys = `${org}/projects/default/environments/production/keys`;
interface Made {
  readonly id: string;
  readonly secret: string;
}
const make = async (path: string, body: object): Promise<Made> =>
  (await server.send<Made>('POST', path, { token: owner.token, body })).body;
const snapshot = (token: string) => server.send('GET', '/sdk/v1/snapshot', { token });
const organization = async (token: string) => (await server.send<{ code?: string; detail?: string }>('GET', org, { token })).body;

describe('a service token', () => {
  it('may what it was granted, and no more', async () => {
    const { secret } = await make(`${org}/tokens`, { name: 'deploys', grants: [{ role: 'viewer' }] });
    expect(secret).toMatch(/^tf_svc_/);
    expect((await server.send('GET', `${org}/members`, { token: secret })).status).toBe(200);
    expect((await server.send('POST', `${org}/invitations`, { token: secret, body: {} })).status).toBe(403);
    expect((await server.send('GET', '/api/v1/session', { token: secret })).body).toMatchObject({
      person: { name: 'deploys' },
      via: 'token',
    });
    expect((await server.send('POST', '/api/v1/orgs', { token: secret, body: { key: 'mine', name: 'Mine' } })).status).toBe(403);
    expect(
      (await server.send('PUT', '/api/v1/session/password', { token: secret, body: { password: 'a password' } })).status,
    ).toBe(403);
  });

  it('ends when it is revoked, and when it expires', async () => {
    const expiresAt = new Date(nowMs + dayMs).toISOString();
    const revoked = await make(`${org}/tokens`, { name: 'one', grants: [{ role: 'viewer' }] });
    const expiring = await make(`${org}/tokens`, { name: 'two', grants: [{ role: 'viewer' }], expiresAt });
    await server.send('DELETE', `${org}/tokens/${revoked.id}`, { token: owner.token });
    expect(await organization(revoked.secret)).toMatchObject({ code: 'KEY_REJECTED' });
    expect(await organization(expiring.secret)).toMatchObject({ organization: {} });
    nowMs += dayMs;
    expect(await organization(expiring.secret)).toEqual(await organization(revoked.secret));
  });

  it('is listed with its last use and without its secret', async () => {
    const { id, secret } = await make(`${org}/tokens`, { name: 'listed', grants: [{ role: 'viewer' }] });
    const listed = () =>
      server.send<{ tokens: { id: string; lastUsedAt?: string }[] }>('GET', `${org}/tokens`, { token: owner.token });
    const find = async () => (await listed()).body.tokens.find((token) => token.id === id);
    expect(await find()).not.toHaveProperty('lastUsedAt');
    await organization(secret);
    expect(await find()).toMatchObject({ name: 'listed', lastUsedAt: new Date(nowMs).toISOString() });
    expect((await listed()).text).not.toContain(secret.slice(-40));
  });
});

describe('a personal token', () => {
  it('acts as its member, in its organization alone', async () => {
    await server.send('POST', '/api/v1/orgs', { cookie: owner.cookie, body: { key: 'other', name: 'Other' } });
    expect((await server.send('GET', '/api/v1/orgs/other', { cookie: owner.cookie })).status).toBe(200);
    const [hidden, absent] = [
      await server.send('GET', '/api/v1/orgs/other', { token: owner.token }),
      await server.send('GET', '/api/v1/orgs/none', { token: owner.token }),
    ];
    expect(hidden.status).toBe(404);
    expect(hidden.text).toBe(absent.text);
    expect((await server.send('GET', '/api/v1/session', { token: owner.token })).body).toMatchObject({
      organizations: [{ organization: { key: 'default' } }],
    });
  });

  it('cannot make more of itself', async () => {
    const body = { organization: 'default', name: 'child' };
    expect((await server.send('POST', '/api/v1/session/tokens', { token: owner.token, body })).body).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('is not made where its person does not belong', async () => {
    const body = { organization: 'elsewhere', name: 'x' };
    expect((await server.send('POST', '/api/v1/session/tokens', { cookie: owner.cookie, body })).body).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('a secret that is no token', () => {
  it('is told apart: mistyped, or unknown', async () => {
    const { secret } = await make(`${org}/tokens`, { name: 'typed', grants: [{ role: 'viewer' }] });
    const mistyped = `${secret.slice(0, 20)}${secret[20] === 'x' ? 'y' : 'x'}${secret.slice(21)}`;
    expect((await organization(mistyped)).detail).toMatch(/mistyped/);
    const key = await make(keys, { kind: 'server', name: 'sdk' });
    expect((await organization(key.secret)).detail).toMatch(/not for the management API/);
    const basic = await server.send('GET', org, { headers: { Authorization: 'Basic YTpi' } });
    expect(basic).toMatchObject({ status: 401, body: { code: 'KEY_REJECTED' } });
    expect(basic.headers.get('www-authenticate')).toBe('Bearer');
  });
});

describe('an SDK key', () => {
  it('opens its environment until it is revoked or expires', async () => {
    const expiresAt = new Date(nowMs + dayMs).toISOString();
    const key = await make(keys, { kind: 'server', name: 'shop' });
    const expiring = await make(keys, { kind: 'client', name: 'web', expiresAt });
    expect([key.secret.slice(0, 7), expiring.secret.slice(0, 7)]).toEqual(['tf_srv_', 'tf_cli_']);
    expect((await snapshot(key.secret)).text).toContain('"origin":{"environment":"production"}');
    expect((await snapshot(expiring.secret)).status).toBe(200);
    expect((await server.send('DELETE', `${keys}/${key.id}`, { token: owner.token })).status).toBe(200);
    nowMs += dayMs;
    expect((await snapshot(key.secret)).body).toMatchObject({ code: 'KEY_REJECTED' });
    expect((await snapshot(expiring.secret)).body).toMatchObject({ code: 'KEY_REJECTED' });
  });

  it('ends its streams when it is revoked, within five seconds', { timeout: 10_000 }, async () => {
    const key = await make(keys, { kind: 'server', name: 'streaming' });
    const response = await fetch(`${server.address}/sdk/v1/stream`, { headers: { Authorization: `Bearer ${key.secret}` } });
    const ended = response.text();
    await server.send('DELETE', `${keys}/${key.id}`, { token: owner.token });
    expect(await ended).toMatch(/event: goodbye\ndata: .*"fatal":true/);
  });

  it('is of its environment alone', async () => {
    const key = await make(keys, { kind: 'server', name: 'here' });
    const elsewhere = keys.replace('production', 'staging');
    const delete_ = (id: string) => server.send<{ code: string }>('DELETE', `${elsewhere}/${id}`, { token: owner.token });
    expect((await delete_(key.id)).text).toBe((await delete_('absent00')).text);
    expect((await server.send<{ keys: { id: string }[] }>('GET', elsewhere, { token: owner.token })).body.keys).toEqual([]);
    expect((await snapshot(key.secret)).status).toBe(200);
  });

  it('says what is wrong with its origins', async () => {
    const body = { kind: 'client', name: 'web', origins: ['shop.example'] };
    expect((await server.send('POST', keys, { token: owner.token, body })).body).toMatchObject({
      mistakes: [{ at: '/body/origins/0' }],
    });
  });
});

test('no secret is written anywhere: database, its log, what the server says', async () => {
  const cookie = owner.cookie.split('=')[1] ?? '';
  const service = await make(`${org}/tokens`, { name: 'kept', grants: [{ role: 'viewer' }] });
  const key = await make(keys, { kind: 'server', name: 'kept' });
  const personal = await tokenOf(server, owner, 'default');
  const drawn = [cookie, owner.token, personal, service.secret, key.secret, owner.password, server.firstLink];
  const files = readdirSync(server.folder).map((name) => readFileSync(join(server.folder, name), 'latin1'));
  const history = await server.send('GET', `${org}/history`, { token: owner.token });
  // The first link is printed, once, because that is how it reaches its reader.
  const said = server.lines.slice(2).join('\n');
  for (const secret of drawn) {
    const random = secret.slice(-40);
    expect(files.filter((text) => text.includes(random))).toEqual([]);
    expect(history.text).not.toContain(random);
    expect(said).not.toContain(random);
  }
});
