import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Grant } from '@taffrail/schema';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { joinAs, signUpOwner, type SignedIn } from '../testing/people.ts';
import { startServer, type RunningServer } from '../testing/running-server.ts';

let server: RunningServer;
let owner: SignedIn;
let admin: SignedIn;
let viewer: SignedIn;

beforeAll(async () => {
  server = await startServer();
  owner = await signUpOwner(server);
  admin = await joinAs(server, 'default', owner.token, 'admin@example.org', [{ role: 'admin' }]);
  viewer = await joinAs(server, 'default', owner.token, 'viewer@example.org', [{ role: 'viewer' }]);
});
afterAll(() => server.remove());

const org = '/api/v1/orgs/default';
const invite = (by: SignedIn, grants: Grant[], email = 'new@example.org') =>
  server.send('POST', `${org}/invitations`, { token: by.token, body: { email, grants } });
const setGrants = (by: SignedIn, member: SignedIn, grants: Grant[]) =>
  server.send('PUT', `${org}/members/${member.id}/grants`, { token: by.token, body: { grants } });
const revision = async () => (await server.send<{ revision: number }>('GET', org, { token: owner.token })).body.revision;

describe('nobody gives more than they have', () => {
  it('neither by an invitation', async () => {
    expect((await invite(admin, [{ role: 'viewer' }, { role: 'owner' }])).body).toMatchObject({
      status: 403,
      detail: 'You cannot decide about owner: it is more than you have.',
    });
  });

  it('nor by grants, nor to themselves', async () => {
    expect((await setGrants(admin, viewer, [{ role: 'owner' }])).status).toBe(403);
    expect((await setGrants(admin, admin, [{ role: 'owner' }])).status).toBe(403);
  });

  it('nor by a token', async () => {
    const body = { name: 'robot', grants: [{ role: 'owner' }] };
    expect((await server.send('POST', `${org}/tokens`, { token: admin.token, body })).status).toBe(403);
  });

  it('nor takes from who has more', async () => {
    expect((await setGrants(admin, owner, [{ role: 'viewer' }])).status).toBe(403);
    expect((await server.send('DELETE', `${org}/members/${owner.id}`, { token: admin.token })).status).toBe(403);
  });

  it('and nothing of it was written', async () => {
    const { body } = await server.send<{ members: { grants: Grant[] }[]; invitations: unknown[] }>('GET', `${org}/members`, {
      token: owner.token,
    });
    expect(new Set(body.members.map(({ grants }) => grants[0]?.role))).toEqual(new Set(['admin', 'owner', 'viewer']));
    expect(body.invitations).toEqual([]);
  });
});

test('an organization keeps an owner', async () => {
  for (const answer of [
    await setGrants(owner, owner, [{ role: 'admin' }]),
    await setGrants(owner, owner, [{ role: 'owner', project: 'default' }]),
    await server.send('DELETE', `${org}/members/${owner.id}`, { token: owner.token }),
  ]) {
    expect(answer.body).toMatchObject({
      code: 'LAST_OWNER',
      detail: 'They are the only owner. Make somebody else an owner first.',
    });
  }
});

test('a grant names a place that is there', async () => {
  const grants: Grant[] = [
    { role: 'viewer', project: 'gone' },
    { role: 'viewer', project: 'default', environment: 'gone' },
    { role: 'viewer', environment: 'production' },
  ];
  expect((await invite(owner, grants)).body).toMatchObject({
    mistakes: [
      { at: '/body/grants/0/project', message: "there is no project 'gone'" },
      { at: '/body/grants/1/environment', message: "there is no environment 'gone' in default" },
      { at: '/body/grants/2/project', message: 'is missing: say whose environment it is' },
    ],
  });
  expect((await setGrants(owner, viewer, grants)).body).toMatchObject({ code: 'INVALID' });
});

test('who is a member or invited is not invited again', async () => {
  expect((await invite(owner, [{ role: 'viewer' }], 'VIEWER@example.org')).body).toMatchObject({ code: 'ALREADY_EXISTS' });
  expect((await invite(owner, [{ role: 'viewer' }], 'twice@example.org')).status).toBe(200);
  expect((await invite(owner, [{ role: 'viewer' }], 'twice@example.org')).body).toMatchObject({
    detail: 'twice@example.org is invited already. Withdraw that invitation to make another.',
  });
});

test('a role changes at once, and If-Match notices who came first', async () => {
  const path = `${org}/members/${viewer.id}/grants`;
  const before = await revision();
  const change = (role: string, ifMatch: number) =>
    server.send('PUT', path, { token: owner.token, body: { grants: [{ role }] }, headers: { 'If-Match': `"${ifMatch}"` } });
  expect((await server.send('POST', `${org}/invitations`, { token: viewer.token, body: {} })).status).toBe(403);
  expect((await change('admin', 1)).body).toMatchObject({ code: 'CONFLICT' });
  expect(await revision()).toBe(before);
  expect((await setGrants(owner, viewer, [{ role: 'admin' }])).body).toMatchObject({ changed: true, revision: before + 1 });
  expect((await invite(viewer, [{ role: 'viewer' }], 'by-viewer@example.org')).status).toBe(200);
  expect((await change('viewer', before + 1)).status).toBe(200);
});

test('who is removed is a stranger: their sessions and tokens see nothing here', async () => {
  const gone = await joinAs(server, 'default', owner.token, 'gone@example.org', [{ role: 'admin' }]);
  expect((await server.send('DELETE', `${org}/members/${gone.id}`, { token: owner.token })).status).toBe(200);
  expect((await server.send('GET', org, { token: gone.token })).status).toBe(401);
  const hidden = await server.send('GET', org, { cookie: gone.cookie });
  expect(hidden.status).toBe(404);
  expect(hidden.text).toBe((await server.send('GET', '/api/v1/orgs/nowhere', { cookie: gone.cookie })).text);
  expect((await server.send('GET', '/api/v1/session', { cookie: gone.cookie })).body).toMatchObject({ organizations: [] });
});

test('a role taken while a request is under way lets nothing more be written', async () => {
  const late = await joinAs(server, 'default', owner.token, 'late@example.org', [{ role: 'admin' }]);
  const body = JSON.stringify({ email: 'sneaked@example.org', grants: [{ role: 'admin' }] });
  const sending = httpRequest(`${server.address}${org}/invitations`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${late.token}`,
      'Content-Type': 'application/json',
      'Content-Length': body.length,
      Expect: '100-continue',
    },
  });
  sending.flushHeaders();
  await once(sending, 'continue');
  sending.write(body.slice(0, 10));
  expect((await setGrants(owner, late, [{ role: 'viewer' }])).status).toBe(200);
  const before = await revision();
  sending.end(body.slice(10));
  const [response] = await once(sending, 'response');
  expect(response.statusCode).toBe(403);
  await text(response);
  expect(await revision()).toBe(before);
});

test('a project’s member finds their way, and sees nothing beside it', async () => {
  const one = await joinAs(server, 'default', owner.token, 'one@example.org', [
    { role: 'editor', project: 'default', environment: 'staging' },
  ]);
  expect((await server.send('GET', org, { token: one.token })).status).toBe(200);
  expect((await server.send('GET', `${org}/members`, { token: one.token })).status).toBe(403);
  const keys = (environment: string) =>
    server.send('GET', `${org}/projects/default/environments/${environment}/keys`, { token: one.token });
  expect((await keys('staging')).status).toBe(200);
  expect((await keys('production')).text).toBe((await keys('nowhere')).text);
});
