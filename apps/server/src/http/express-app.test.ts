import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { joinAs, signUpOwner, type SignedIn } from '../testing/people.ts';
import { startServer, type RunningServer } from '../testing/running-server.ts';

let server: RunningServer;
let owner: SignedIn;
let viewer: SignedIn;

beforeAll(async () => {
  server = await startServer({ env: { TAFFRAIL_METRICS_TOKEN: 'a token for metrics' } });
  owner = await signUpOwner(server);
  viewer = await joinAs(server, 'default', owner.token, 'viewer@example.org', [{ role: 'viewer' }]);
});
afterAll(() => server.remove());

const project = '/api/v1/orgs/default/projects/default';
const as = (person: SignedIn, method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  server.send<Record<string, unknown>>(method, path, {
    token: person.token,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  });
const revision = async () => (await as(owner, 'GET', project)).body['revision'];

describe('a refusal is problem+json', () => {
  it('with a code, a status and a sentence that says what to do', async () => {
    const answer = await as(viewer, 'POST', `${project}/flags`, { key: 'a' });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toEqual({
      type: '/api/docs#FORBIDDEN',
      title: 'Your role does not allow this',
      status: 403,
      code: 'FORBIDDEN',
      detail: 'Your role does not allow this here: it needs the permission flag.edit. Ask an admin for it.',
    });
  });

  it.each([
    ['nobody', 'GET', '/api/v1/session', 401, 'NOT_SIGNED_IN'],
    ['an unknown address of the API', 'GET', '/api/v1/nothing', 404, 'NOT_FOUND'],
    ['an unknown address beside it', 'GET', '/api/v2/session', 404, 'NOT_FOUND'],
    ['an unknown address for SDKs', 'GET', '/sdk/v9/snapshot', 404, 'NOT_FOUND'],
    ['an unknown address that is no page', 'GET', '/favicon.ico.exe', 404, 'NOT_FOUND'],
    ['another method', 'PATCH', '/api/v1/session', 405, 'METHOD_NOT_ALLOWED'],
    ['an address that is not encoded well', 'GET', '/api/v1/orgs/%E0%A4%A', 400, 'BAD_REQUEST'],
  ])('for %s', async (_, method, path, status, code) => {
    expect(await server.send(method, path)).toMatchObject({ status, body: { status, code } });
  });

  it('that says which methods there are', async () => {
    const { headers } = await server.send('PATCH', '/api/v1/session');
    expect(headers.get('allow')).toBe('POST, GET, DELETE');
  });

  it('that names every mistake of a body, a query, a parameter', async () => {
    expect((await as(owner, 'POST', `${project}/flags`, { key: '!', foo: 1 })).body).toMatchObject({
      code: 'INVALID',
      detail: expect.stringMatching(/^\/body\/\w+ .* \(and 1 more mistake\)\.$/),
      mistakes: expect.arrayContaining([
        expect.objectContaining({ at: '/body/foo' }),
        expect.objectContaining({ at: '/body/key' }),
      ]),
    });
    expect((await as(owner, 'GET', `${project}/flags?archived=maybe&foo=1`)).body).toMatchObject({
      mistakes: expect.arrayContaining([
        expect.objectContaining({ at: '/query/archived' }),
        expect.objectContaining({ at: '/query/foo' }),
      ]),
    });
    expect((await as(owner, 'PUT', `${project}/environments/production/segments/no%20key`, {})).body).toMatchObject({
      mistakes: [{ at: '/params/segment' }],
    });
  });

  it('for a body where none is taken', async () => {
    expect((await as(owner, 'DELETE', `/api/v1/orgs/default/tokens/none`, { org: 'other' })).body).toMatchObject({
      mistakes: [{ at: '/body/org', message: "there is no field 'org' here" }],
    });
  });

  it('for a body that is too large, read no further than it must', async () => {
    const answer = await as(owner, 'POST', `${project}/flags`, 'x'.repeat(1_048_577));
    expect(answer).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
  });
});

describe('a command', () => {
  it('is previewed without a trace', async () => {
    const before = await revision();
    const answer = await as(owner, 'POST', `${project}/flags?preview=1`, { key: 'previewed' });
    expect(answer.body).toMatchObject({ revision: before, changes: [{ kind: expect.any(String) }], affected: [] });
    expect(await revision()).toBe(before);
    expect((await as(owner, 'GET', `${project}/flags/previewed`)).status).toBe(404);
  });

  it('is done once under one Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': 'create-once' };
    const create = (key: string) => as(owner, 'POST', `${project}/flags`, { key }, headers);
    const first = await create('once');
    expect(first.body).toMatchObject({ changed: true });
    expect(await create('once')).toMatchObject({ status: 200, body: first.body });
    expect((await create('other')).body).toMatchObject({ code: 'INVALID' });
  });

  it('is refused if its document has changed since', async () => {
    await as(owner, 'POST', `${project}/flags`, { key: 'contested' });
    const revisionOf = async () =>
      ((await as(owner, 'GET', `${project}/flags/contested`)).body as { definition: { revision: number } }).definition.revision;
    const seen = await revisionOf();
    const describe_ = (description: string, at: number) =>
      as(owner, 'PATCH', `${project}/flags/contested`, { description }, { 'If-Match': `"${at}"` });
    expect((await describe_('first', seen)).status).toBe(200);
    expect(await describe_('second', seen)).toMatchObject({
      status: 409,
      body: { code: 'CONFLICT', current: expect.anything() },
    });
    expect((await describe_('third', await revisionOf())).status).toBe(200);
  });

  it.each(['*', '42', 'W/"42"', '"-1"'])('does not guess at If-Match: %s', async (ifMatch) => {
    const answer = await as(owner, 'PATCH', project, { name: 'x' }, { 'If-Match': ifMatch });
    expect(answer.body).toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('keeps its reason in the history', async () => {
    await as(owner, 'POST', `${project}/flags`, { key: 'reasoned', reason: 'because' });
    expect((await as(owner, 'GET', `${project}/history?limit=1`)).body).toMatchObject({
      entries: [{ reason: 'because', actor: { id: owner.id } }],
    });
  });
});

test('a key with a slash or a colon in it is one part of the address', async () => {
  await as(owner, 'POST', `${project}/flags`, { key: 'team:web/new-header' });
  expect((await as(owner, 'GET', `${project}/flags/team%3Aweb%2Fnew-header`)).body).toMatchObject({
    definition: { document: { key: 'team:web/new-header' } },
  });
  expect((await as(owner, 'GET', `${project}/flags/team:web/new-header`)).status).toBe(404);
});

describe('an editor of one environment', () => {
  it('publishes there and nowhere else', async () => {
    const place = { project: 'default', environment: 'staging' };
    const editor = await joinAs(server, 'default', owner.token, 'editor@example.org', [
      { role: 'viewer' },
      { role: 'editor', ...place },
    ]);
    await as(owner, 'POST', `${project}/flags`, { key: 'shared' });
    const publish = (...environments: string[]) =>
      as(editor, 'POST', `${project}/publish`, {
        edits: environments.map((environment) => ({ environment, flag: 'shared', edit: { on: true } })),
      });
    expect((await publish('staging')).status).toBe(200);
    const before = await revision();
    expect((await publish('production')).status).toBe(403);
    expect((await publish('staging', 'production')).status).toBe(403);
    expect(
      (
        await as(viewer, 'POST', `${project}/publish`, {
          edits: [{ environment: 'staging', flag: 'shared', edit: { on: false } }],
        })
      ).status,
    ).toBe(403);
    expect(await revision()).toBe(before);
  });
});

describe('what every answer says to browsers', () => {
  it.each(['/', '/api/docs', '/api/v1/session', '/healthz'])(
    '%s runs nothing from elsewhere and stands in no frame',
    async (path) => {
      const { headers } = await server.send('GET', path, { headers: { Accept: 'text/html' } });
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('strict-transport-security')).toBeNull();
    },
  );

  it('and nothing to a host that is not its own', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      request(`${server.address}/api/v1/session`, { headers: { Host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(400);
  });
});

describe('the description of the API', () => {
  it('is OpenAPI for programs', async () => {
    const { headers, body } = await server.send<{ openapi: string; paths: object }>('GET', '/api/openapi.json');
    expect(headers.get('content-type')).toBe('application/json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toContain('/orgs/{org}/projects/{project}/flags');
  });

  it('is a page for people that needs no script and no other host', async () => {
    const { text, headers } = await server.send('GET', '/api/docs');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('Kill a flag: off, and locked until it is unlocked');
    expect(text).toContain('id="LAST_OWNER"');
    expect(text).not.toMatch(/<script|style=|(?:src|href)="(?!\/|#)/);
    expect((await server.send('GET', '/api/docs.css')).headers.get('content-type')).toBe('text/css; charset=utf-8');
  });
});

describe('those who watch', () => {
  it('learn that the process is there and ready', async () => {
    expect(await server.send('GET', '/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
    expect(await server.send('GET', '/readyz')).toMatchObject({ status: 200, text: 'ready\n' });
  });

  it('read metrics by route, with the token', async () => {
    expect((await server.send('GET', '/metrics')).body).toMatchObject({ code: 'KEY_REJECTED' });
    expect((await server.send('GET', '/metrics', { token: 'another token' })).status).toBe(401);
    await as(owner, 'GET', `${project}/flags/absent-flag`);
    const { text } = await server.send('GET', '/metrics', { token: 'a token for metrics' });
    expect(text).toContain(
      'taffrail_http_request_seconds_count{method="GET",route="/api/v1/orgs/:org/projects/:project/flags/:flag",status="404"}',
    );
    expect(text).not.toContain('absent-flag');
    expect(text).toMatch(/^taffrail_database_bytes [1-9]/m);
    expect(text).toMatch(/^taffrail_streams_opened_total 0$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  });

  it('read a line for each change in the log, and no names', async () => {
    await as(owner, 'POST', `${project}/flags`, { key: 'logged-flag' });
    const said = server.lines.join('\n');
    expect(said).toMatch(/POST \/api\/v1\/orgs\/:org\/projects\/:project\/flags 200 ms=\d+ request=[0-9a-f-]{36}/);
    expect(said).not.toContain('logged-flag');
  });
});

test('a mistake of ours says which request it was, and not what', async () => {
  let isBroken = false;
  const clock = () => {
    if (isBroken) throw new Error('the clock broke');
    return new Date();
  };
  const broken = await startServer({ clock });
  isBroken = true;
  const answer = await broken.send('GET', '/api/v1/session');
  isBroken = false;
  const id = answer.headers.get('x-request-id') ?? 'none';
  expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
  expect(answer.text).toContain(id);
  expect(answer.text).not.toContain('clock');
  expect(broken.lines.filter((line) => line.includes('error: A request failed'))).toEqual([
    expect.stringMatching(/the clock broke[^]* at /),
  ]);
  expect(broken.lines.join('\n')).toContain(`request=${id}`);
  await broken.remove();
});
