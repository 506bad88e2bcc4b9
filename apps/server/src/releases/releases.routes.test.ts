import { createHash } from 'node:crypto';
import type { Committed, Contracts, Preview, ResponseOf } from '@taffrail/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinAs, signUpOwner, type SignedIn } from '../testing/people.ts';
import { startServer, type RunningServer } from '../testing/running-server.ts';
import { commit, manifest } from './releases.test-kit.ts';

type Detail = ResponseOf<Contracts['GET /orgs/:org/projects/:project/releases/:release']>;
type List = ResponseOf<Contracts['GET /orgs/:org/projects/:project/releases']>;
type Issued = ResponseOf<Contracts['GET /orgs/:org/projects/:project/releases/:release/shipments/:revision']>;
type Plan = Partial<Committed & Preview & { code: string; detail: string }>;

const project = '/api/v1/orgs/default/projects/default';
const release = `${project}/releases/8.4.0`;

let server: RunningServer;
let owner: SignedIn;
let ben: SignedIn;

beforeAll(async () => {
  server = await startServer();
  owner = await signUpOwner(server);
  ben = await joinAs(server, 'default', owner.token, 'ben@example.org', [{ role: 'editor' }]);
  const on = { production: { on: true, fallthrough: { variant: 'on' } } };
  for (const key of ['api', 'ui']) await send('POST', `${project}/flags`, { key, environments: on });
  await send('POST', `${project}/flags`, { key: 'early' });
}, 30_000);
afterAll(() => server.remove());

const send = <T = Plan>(method: string, path: string, body?: unknown, token = owner.token, headers = {}) =>
  server.send<T>(method, path, { token, headers, ...(body !== undefined && { body }) });
const cut = (version: string, query = '') =>
  send('POST', `${project}/releases${query}`, { version, commit, manifest: manifest('api', 'early', 'ui') });
const decision = { flags: ['ui'], releases: '>=8.4 <8.6', severity: 'required', because: 'rows are lost' };

describe('releases over HTTP', () => {
  it('are previewed, cut, listed with the last first, and shown', async () => {
    expect((await cut('8.4.0', '?preview=1')).body.changes).toHaveLength(2);
    expect((await send<List>('GET', `${project}/releases`)).body.releases).toEqual([]);
    for (const version of ['8.9.0', '8.10.0', '8.4.0']) expect((await cut(version)).status).toBe(200);
    const { body } = await send<List>('GET', `${project}/releases`);
    expect(body.releases.map((row) => row.release)).toEqual(['8.10.0', '8.9.0', '8.4.0']);
    expect(body.releases[0]).toMatchObject({ flags: 3, on: 2, supported: true, shipment: { revision: 1, backOuts: [] } });
    expect((await send<Detail>('GET', release)).body.entries).toEqual([
      { flag: 'api', why: 'ga', summary: 'on' },
      { flag: 'early', why: 'dark', summary: 'off (dark)' },
      { flag: 'ui', why: 'ga', summary: 'on' },
    ]);
  });

  it('are of a commit', async () => {
    const body = { version: '9.9.9', commit: 'zzz', manifest: manifest('ui') };
    expect(await send('POST', `${project}/releases`, body)).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('a commit: 7 to 64 hexadecimal digits') },
    });
    expect((await send('GET', `${project}/releases/9.9.9`)).status).toBe(404);
  });

  it('give the very text that is to be signed, and no key has touched it', async () => {
    const { body } = await send<Issued>('GET', `${release}/shipments/1`);
    expect(body.digest).toBe(`sha256:${createHash('sha256').update(body.payload).digest('hex')}`);
    expect(body.bytes).toBe(Buffer.byteLength(body.payload));
    expect(JSON.parse(body.payload)).toMatchObject({ product: 'default', release: '8.4.0', revision: 1 });
    expect(body).not.toHaveProperty('signatures');
    expect(await send('GET', `${release}/shipments/2`)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it('are supported until a day, with If-Match', async () => {
    const { revision } = (await send<Detail>('GET', release)).body;
    const support = (seen: number) =>
      send('POST', `${release}/support`, { supportedUntil: '2020-01-01' }, owner.token, { 'If-Match': `"${seen}"` });
    expect((await support(revision - 1)).body.code).toBe('CONFLICT');
    expect((await support(revision)).body.changes?.[0]?.summary).toBe('supported until further notice → 2020-01-01');
    const { body } = await send<List>('GET', `${project}/releases?supported=only`);
    expect(body.releases.map((row) => row.release)).toEqual(['8.10.0', '8.9.0']);
    await send('POST', `${release}/support`, { supportedUntil: null });
  });

  it('are named by a flag, with its policy', async () => {
    await send('PUT', `${project}/flags/early/onprem`, { mode: 'opt-in', releases: '>=9', reason: 'pilots ask for it' });
    const { body } = await send<object>('GET', `${project}/flags/early/releases`);
    expect(body).toMatchObject({
      releases: ['8.10.0', '8.9.0', '8.4.0'].map((one) => ({ release: one, why: 'dark', supported: true })),
      policy: { mode: 'opt-in', releases: '>=9' },
    });
  });

  it('are compared in words', async () => {
    await send('DELETE', `${project}/flags/early/onprem`);
    await send('POST', `${project}/environments/production/flags/early/rollout`, { percent: 100 });
    await send('POST', `${project}/releases`, { version: '9.0.0', commit, manifest: manifest('early', 'ui') });
    const { body } = await send<object>('GET', `${project}/releases/9.0.0/differences?from=8.4.0`);
    expect(body).toMatchObject({
      gained: [],
      lost: [{ flag: 'api', summary: 'on' }],
      changed: [{ flag: 'early', from: 'off (dark)', to: 'on', sentence: 'off (dark) → on' }],
      same: 1,
    });
  });

  it('are read by a viewer, and cut by an editor', async () => {
    const viewer = await joinAs(server, 'default', owner.token, 'viewer@example.org', [{ role: 'viewer' }]);
    expect((await send('GET', release, undefined, viewer.token)).status).toBe(200);
    expect((await send('POST', `${release}/support`, { supportedUntil: null }, viewer.token)).status).toBe(403);
    expect((await send('POST', `${project}/back-outs`, decision, viewer.token)).status).toBe(403);
  });
});

/** Asks for approval, and has Ben approve exactly what the preview showed. */
async function approved(method: string, path: string, body: object): Promise<Plan> {
  const asked = await send(method, `${path}?request=1`, body);
  const request = `${project}/requests/${asked.body.request}`;
  const { body: shown } = await send<{ now: { preview: Preview } }>('GET', request, undefined, ben.token);
  const answer = await send('POST', `${request}/approve`, { digest: shown.now.preview.digest }, ben.token);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
}

describe('with a second person asked for', () => {
  beforeAll(async () => {
    const policies = { onprem: 'second-person', 'back-out': 'second-person' };
    await send('PATCH', `${project}/environments/production`, { policies });
  });

  it('a policy that ships more waits, one that ships less does not', async () => {
    const on = { mode: 'on', reason: 'a customer paid for it' };
    expect((await send('PUT', `${project}/flags/early/onprem`, on)).body).toMatchObject({
      code: 'APPROVAL_NEEDED',
      detail: expect.stringContaining('Letting a flag be more than dark in releases (as production has it)'),
    });
    await approved('PUT', `${project}/flags/early/onprem`, on);
    expect((await send('PUT', `${project}/flags/early/onprem`, { ...on, mode: 'opt-in' })).status).toBe(200);
    const cleared = await send('DELETE', `${project}/flags/early/onprem`);
    expect(cleared).toMatchObject({ status: 200, body: { undo: { method: 'POST' } } });
    expect((await send('POST', cleared.body.undo?.href ?? '', {})).body.code).toBe('APPROVAL_NEEDED');
  });

  it('a release that is cut by another environment waits where that has on what is not ga here', async () => {
    const on = { on: true, fallthrough: { variant: 'on' } };
    await send('POST', `${project}/flags`, { key: 'later', environments: { staging: on } });
    const body = { version: '10.0.0', commit, manifest: manifest('later'), environment: 'staging' };
    expect((await send('POST', `${project}/releases`, body)).body).toMatchObject({
      code: 'APPROVAL_NEEDED',
      detail: expect.stringContaining('Letting a flag be more than dark in releases (as production has it)'),
    });
    expect((await send('POST', `${project}/releases`, { ...body, manifest: manifest('early') })).status).toBe(200);
    expect((await send('POST', `${project}/releases/10.0.0/support`, { supportedUntil: '2030-01-01' })).status).toBe(200);
    const { changes } = await approved('POST', `${project}/releases`, { ...body, version: '10.1.0' });
    expect(changes?.map(({ kind }) => kind)).toEqual(['request.approved', 'release.cut', 'shipment.issued']);
    const here = { version: '10.2.0', commit, manifest: manifest('later') };
    expect((await send('POST', `${project}/releases`, here)).status).toBe(200);
  });

  it('a back-out waits, and what was looked at is what is issued, at the time of the approval', async () => {
    expect((await send('POST', `${project}/back-outs`, decision)).body.code).toBe('APPROVAL_NEEDED');
    const { body: plan } = await send('POST', `${project}/back-outs?preview=1`, decision);
    expect(plan.waits).toEqual([{ environment: 'production', action: 'back-out' }]);
    expect(plan.changes?.map(({ key, summary }) => `${key}: ${summary}`)).toEqual([
      'BO-1: ui backed out of >=8.4 <8.6, required: rows are lost',
      '8.4.0: r2 issued: BO-1 (required) turns ui off',
    ]);
    const { changes } = await approved('POST', `${project}/back-outs`, decision);
    expect(changes?.map(({ kind }) => kind)).toEqual(['request.approved', 'back-out.made', 'shipment.issued']);
    expect((await send<Detail>('GET', release)).body).toMatchObject({
      entries: [{}, {}, { flag: 'ui', why: 'ga', summary: 'off (BO-1)', backOut: 'BO-1' }],
      shipments: [{ revision: 1 }, { revision: 2, reason: 'BO-1 (required) turns ui off' }],
      backOuts: [{ key: 'BO-1', by: expect.any(String) }],
    });
  });

  it('in an emergency one person backs out at once, and another reviews it', async () => {
    const path = `${project}/back-outs?emergency=1&reason=customers+call`;
    const { body } = await send('POST', path, { ...decision, flags: ['api'] });
    expect(body).toMatchObject({ changed: true, request: expect.any(String) });
    expect((await send<Detail>('GET', release)).body.entries[0]).toMatchObject({ flag: 'api', summary: 'off (BO-2)' });
  });

  it('its end waits too', async () => {
    const resolve = { fixedIn: '8.4.0' };
    expect((await send('POST', `${project}/back-outs/BO-1/resolve`, resolve)).body.code).toBe('APPROVAL_NEEDED');
    await approved('POST', `${project}/back-outs/BO-1/resolve`, resolve);
    expect((await send<Detail>('GET', release)).body.entries[2]).toMatchObject({ flag: 'ui', summary: 'on' });
  });
});
