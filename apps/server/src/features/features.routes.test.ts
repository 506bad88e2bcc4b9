import type { Contracts, ResponseOf } from '@taffrail/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinAs, signUpOwner, type SignedIn } from '../testing/people.ts';
import { startServer, type RunningServer } from '../testing/running-server.ts';

type Detail = ResponseOf<Contracts['GET /orgs/:org/projects/:project/features/:feature']>;

const project = '/api/v1/orgs/default/projects/default';
const stage = `${project}/environments/production/features/stream`;

let server: RunningServer;
let owner: SignedIn;

beforeAll(async () => {
  server = await startServer();
  owner = await signUpOwner(server);
  const segment = { name: 'Internal', description: '', kind: 'org', included: ['acme'], excluded: [] };
  await send('PUT', `${project}/environments/production/segments/internal`, segment);
  await send('PUT', `${project}/environments/production/contexts/org`, {
    contexts: ['acme', 'berlin'].map((key) => ({ key, attributes: {} })),
  });
  await send('POST', `${project}/features`, {
    key: 'stream',
    flags: ['ui', 'api'],
    owner: '',
    expiresOn: null,
    createFlags: true,
  });
}, 30_000);
afterAll(() => server.remove());

const send = <T = unknown>(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  token = owner.token,
) => server.send<T>(method, path, { token, headers, ...(body !== undefined && { body }) });
const revisionNow = async () => (await send<{ revision: number }>('GET', `${project}/features`)).body.revision;

describe('a stage move over HTTP', () => {
  it('is previewed by feature and by flag, and writes nothing then', async () => {
    const before = await revisionNow();
    const { body } = await send('POST', `${stage}/stage?preview=1`, { stage: 'internal' });
    expect(body).toMatchObject({
      narrowing: false,
      features: [
        {
          environment: 'production',
          feature: 'stream',
          kind: 'org',
          known: 2,
          gained: { count: 1, keys: ['acme'] },
          lost: { count: 0, keys: [] },
        },
      ],
      affected: [
        { flag: 'api', changed: 1 },
        { flag: 'ui', changed: 1 },
      ],
    });
    expect(await revisionNow()).toBe(before);
  });

  it('obeys If-Match, with 0 where the feature has never moved', async () => {
    const { body } = await send<Detail>('GET', `${project}/features/stream`);
    expect(body.environments['production']).toMatchObject({ stage: 'dark', revision: 0, next: 'internal' });
    const moved = await send<{ revision: number }>('POST', `${stage}/stage`, { stage: 'internal' }, { 'If-Match': '"0"' });
    expect(moved.status).toBe(200);
    const late = await send('POST', `${stage}/stage`, { stage: 'dark' }, { 'If-Match': '"0"' });
    expect(late).toMatchObject({ status: 409, body: { code: 'CONFLICT', current: { revision: moved.body.revision } } });
  });

  it('says who has it', async () => {
    const { body } = await send('GET', `${stage}/who`);
    expect(body).toMatchObject({ kinds: [{ kind: 'org', known: 2, has: 1, keys: ['acme'], some: 0 }] });
  });

  it('is refused with every closed gate', async () => {
    const { status, body } = await send('POST', `${stage}/stage`, { stage: 'early-access' });
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'GATE_CLOSED',
      mistakes: [
        { at: '/body/stage', message: expect.stringContaining('early-access, audience') },
        { message: expect.stringContaining('owner') },
        { message: expect.stringContaining('expiry') },
      ],
    });
  });

  it('out of a back-out wants a reason and its own permission', async () => {
    expect((await send('POST', `${stage}/back-out`, {})).status).toBe(422);
    expect((await send('POST', `${stage}/back-out`, { reason: 'rows are lost' })).status).toBe(200);
    expect((await send('POST', `${stage}/stage`, { stage: 'internal' })).body).toMatchObject({ code: 'FEATURE_BACKED_OUT' });
    expect((await send('POST', `${stage}/bring-back`, { stage: 'internal' })).status).toBe(422);
    expect((await send('POST', `${stage}/bring-back`, { stage: 'internal', reason: 'fixed' })).status).toBe(200);
  });
});

describe('permissions', () => {
  it('a viewer sees features and moves none', async () => {
    const viewer = await joinAs(server, 'default', owner.token, 'viewer@example.org', [{ role: 'viewer' }]);
    expect((await send('GET', `${project}/features/stream`, undefined, {}, viewer.token)).status).toBe(200);
    expect((await send('POST', `${stage}/stage`, { stage: 'dark' }, {}, viewer.token)).status).toBe(403);
    expect((await send('PUT', `${project}/reads`, { flags: [] }, {}, viewer.token)).status).toBe(403);
  });

  it('an editor of one environment moves features there alone, and is told of no other', async () => {
    const grants = [{ role: 'editor' as const, project: 'default', environment: 'staging' }];
    const { token } = await joinAs(server, 'default', owner.token, 'staging@example.org', grants);
    expect((await send('POST', `${stage}/back-out`, { reason: 'mine' }, {}, token)).status).toBe(404);
    const { body, text } = await send<Detail>('GET', `${project}/features/stream`, undefined, {}, token);
    expect(Object.keys(body.environments)).toEqual(['staging']);
    expect(text).not.toContain('development');
  });
});

describe('the report of reads', () => {
  it('is none before the first, and then the last one of each source, by a service token too', async () => {
    expect((await send('GET', `${project}/reads`)).body).toMatchObject({ reads: [] });
    const robot = await send<{ secret: string }>('POST', '/api/v1/orgs/default/tokens', {
      name: 'ci',
      grants: [{ role: 'editor', project: 'default' }],
    });
    const flags = [
      { key: 'ui', reads: 3 },
      { key: 'api', reads: 0 },
    ];
    const sent = await send('PUT', `${project}/reads`, { commit: 'abc123', flags }, {}, robot.body.secret);
    expect(sent.body).toMatchObject({ changes: [{ summary: 'reads of main reported at abc123: 2 flags, 1 without any' }] });
    const web = { source: 'web', flags, dynamic: { reads: 2, places: ['src/a.ts:3'] } };
    expect((await send('PUT', `${project}/reads`, web)).body).toMatchObject({
      changes: [{ summary: 'reads of web reported: 2 flags, 1 without any, and 2 reads that may be of any flag' }],
    });
    const { body } = await send<{ reads: { document: object }[] }>('GET', `${project}/reads`);
    expect(body.reads.map(({ document }) => document)).toMatchObject([
      { key: 'main', by: 'ci', commit: 'abc123', flags },
      { key: 'web', flags, dynamic: web.dynamic },
    ]);
  });

  it('of a source whose code is no more is forgotten by who may edit', async () => {
    const viewer = await joinAs(server, 'default', owner.token, 'reader@example.org', [{ role: 'viewer' }]);
    expect((await send('DELETE', `${project}/reads/web`, {}, {}, viewer.token)).status).toBe(403);
    expect((await send('DELETE', `${project}/reads/web`, {})).status).toBe(200);
    expect((await send('DELETE', `${project}/reads/web`, {})).status).toBe(404);
    const { body } = await send<{ reads: { document: object }[] }>('GET', `${project}/reads`);
    expect(body.reads.map(({ document }) => document)).toMatchObject([{ key: 'main' }]);
  });
});

it('the history of a feature holds its moves and the changes of its flags', async () => {
  const { body } = await send<{ entries: { command: string }[] }>('GET', `${project}/history?feature=stream`);
  expect(body.entries.map(({ command }) => command)).toEqual([
    'feature.bring-back',
    'feature.back-out',
    'feature.advance',
    'feature.create',
  ]);
});
