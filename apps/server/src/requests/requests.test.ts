import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../http/routes.ts';
import { organization, production, setSail, type Ship } from './four-eyes.test-kit.ts';
import { waitablesOf } from './waitable.ts';

let ship: Ship;
beforeAll(async () => {
  ship = await setSail();
  await ship.gate({ publish: 'second-person' });
});
afterAll(() => ship.server.remove());

let flags = 0;
async function newFlag(): Promise<string> {
  const key = `flag-${++flags}`;
  await ship.must('POST', '/flags', { key });
  return key;
}
const turnOn = (key: string, environment = production) => ['POST', `${environment}/flags/${key}/turn`, { on: true }] as const;

describe('asking', () => {
  it('is for anything in a project, whether it has to wait or not', async () => {
    const key = await newFlag();
    const id = await ship.ask(...turnOn(key, '/environments/staging'), ship.ben);
    expect((await ship.show(id)).request).toMatchObject({ waits: [], environments: ['staging'] });
    expect((await ship.approve(id, ship.ben)).body).toMatchObject({ code: 'SECOND_PERSON' });
    expect((await ship.approve(id, ship.cleo)).status).toBe(200);
  });

  it('is told what waits, where, and until when', async () => {
    const id = await ship.ask(...turnOn(await newFlag()), ship.ben);
    expect((await ship.show(id)).request).toMatchObject({
      command: { name: 'flag.turn', version: 1 },
      environments: ['production'],
      waits: [{ environment: 'production', action: 'publish' }],
      expiresAt: new Date(ship.nowMs.value + 30 * 86_400_000).toISOString(),
    });
  });

  it('is not for what would change nothing, nor for what is of the organization', async () => {
    const key = await newFlag();
    const nothing = await ship.call('POST', `${production}/flags/${key}/turn?request=1`, { on: false });
    expect(nothing).toMatchObject({ status: 422, body: { code: 'INVALID' } });
    const renaming = await ship.call('PATCH', `${organization}?request=1`, { name: 'Ours' });
    expect(renaming).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('Only what changes a project') as string },
    });
    const creating = await ship.call('POST', `${organization}/projects?request=1`, { key: 'new', name: 'New' });
    expect(creating.status).toBe(422);
  });

  it('takes the permission that doing it takes, and refuses what doing it would refuse', async () => {
    const viewer = await ship.join('viewer@example.org', [{ role: 'viewer' }]);
    const [method, path, body] = turnOn(await newFlag());
    expect((await ship.call(method, `${path}?request=1`, body, viewer)).status).toBe(403);
    expect((await ship.call('POST', `${production}/flags/absent/turn?request=1`, body)).status).toBe(404);
    const before = await ship.list();
    expect((await ship.call(method, `${path}?request=1&preview=1`, body)).body).toMatchObject({ waits: [{ action: 'publish' }] });
    expect(await ship.list()).toEqual(before);
  });
});

describe('what is applied', () => {
  it('is what was seen, to the salt of a new flag, whatever else was committed meanwhile', async () => {
    const fields = { key: 'salted', environments: { production: { on: true } } };
    const id = await ship.ask('POST', '/flags', fields, ship.ben);
    const { request } = await ship.show(id);
    await newFlag();
    ship.nowMs.value += 60_000;
    const { now } = await ship.show(id, ship.cleo);
    expect([now?.differs, now?.preview?.digest]).toEqual([false, request.preview.digest]);
    expect((await ship.approve(id, ship.cleo)).status).toBe(200);
    const { environments } = await ship.must<{ environments: Record<string, { document: object }> }>('GET', '/flags/salted');
    const seen = now?.preview?.changes.find(({ environment }) => environment === 'production');
    expect(environments['production']?.document).toEqual(seen?.after);
  });

  it('is undone without undoing that it was approved', async () => {
    const key = await newFlag();
    const id = await ship.ask(...turnOn(key), ship.ben);
    const approved = await ship.approve(id, ship.cleo);
    await ship.must('POST', approved.body.undo?.href ?? '', {});
    expect((await ship.show(id)).request).toMatchObject({ status: 'approved', decision: { revision: approved.body.revision } });
    const made = await ship.must('POST', `${turnOn(key)[1]}?request=1`, { on: true });
    expect(made.undo).toBeUndefined();
    expect((await ship.call('POST', `/history/${made.revision}/undo`, {})).status).toBe(422);
  });
});

describe('a request that can no longer be applied', () => {
  it('says why, and can still be rejected', async () => {
    const key = await newFlag();
    const id = await ship.ask(...turnOn(key), ship.ben);
    await ship.must('POST', `${production}/flags/${key}/kill`, {});
    expect(await ship.show(id, ship.cleo)).toMatchObject({ now: { differs: true, problem: { code: 'FLAG_LOCKED' } } });
    expect((await ship.approve(id, ship.cleo)).body).toMatchObject({ code: 'FLAG_LOCKED' });
    expect((await ship.call('POST', `/requests/${id}/reject`, { reason: 'killed' }, ship.cleo)).status).toBe(200);
  });

  it('has nothing left to do', async () => {
    const key = await newFlag();
    const [one, two] = [await ship.ask(...turnOn(key), ship.ben), await ship.ask(...turnOn(key), ship.ben)];
    await ship.approve(one, ship.cleo);
    expect((await ship.approve(two, ship.cleo)).body).toMatchObject({ code: 'REQUEST_CHANGED' });
  });

  it('is of a version of its command that this server does not know', () => {
    const known = waitablesOf(routes);
    expect(known({ name: 'flag.turn', version: 1 })?.key).toMatch(/turn$/);
    expect(known({ name: 'flag.turn', version: 2 })).toBeUndefined();
    expect(known({ name: 'member.remove', version: 1 })).toBeUndefined();
    expect(known({ name: 'request.approve', version: 1 })).toBeUndefined();
  });
});

describe('editing', () => {
  it('replaces the body and leaves the place, by the schema of the command', async () => {
    const key = await newFlag();
    const id = await ship.ask('POST', `${production}/flags/${key}/rollout`, { percent: 10 }, ship.ben);
    const wrong = await ship.call('PUT', `/requests/${id}`, { body: { percent: 'all', flag: 'other' } }, ship.ben);
    expect(wrong).toMatchObject({ status: 422, body: { mistakes: [{ at: '/body/flag' }, { at: '/body/percent' }] } });
    await ship.must('PUT', `/requests/${id}`, { body: { percent: 20, reason: 'faster' } }, ship.ben);
    const { request } = await ship.show(id);
    expect(request).toMatchObject({ input: { environment: 'production', flag: key, percent: 20 }, reason: 'faster' });
    expect(request.preview.changes).toMatchObject([{ summary: expect.stringContaining('20 %') as string }]);
  });

  it('cannot move it to where the editor may do nothing', async () => {
    const key = await newFlag();
    const edits = (environment: string) => ({ edits: [{ environment, flag: key, edit: { on: true } }] });
    const grants = [{ role: 'editor', project: 'default', environment: 'staging' }] as const;
    const stager = await ship.join('stager@example.org', [...grants]);
    const id = await ship.ask('POST', '/publish', edits('staging'), stager);
    expect((await ship.call('PUT', `/requests/${id}`, { body: edits('production') }, stager)).status).toBe(403);
    expect((await ship.show(id)).request.environments).toEqual(['staging']);
  });
});

describe('the list', () => {
  it('is narrowed by status and environment, newest first', async () => {
    const [one, two] = [await newFlag(), await newFlag()];
    const first = await ship.ask(...turnOn(one), ship.ben);
    const second = await ship.ask(...turnOn(two, '/environments/staging'), ship.ben);
    await ship.must('POST', `/requests/${first}/withdraw`, {}, ship.ben);
    const ids = async (query: string) => (await ship.list(query)).map(({ id }) => id);
    expect((await ids('')).slice(0, 2)).toEqual([second, first]);
    expect(await ids('?environment=production')).not.toContain(second);
    expect(await ids('?status=open')).toContain(second);
    expect(await ids('?status=open')).not.toContain(first);
  });

  it('holds nothing of an environment that one may not read, and neither does the history', async () => {
    const key = await newFlag();
    const grants = [{ role: 'editor', project: 'default', environment: 'staging' }] as const;
    const outsider = await ship.join('outsider@example.org', [...grants]);
    const hidden = await ship.ask(...turnOn(key), ship.ben);
    const mixed = ['production', 'staging'].map((environment) => ({ environment, flag: key, edit: { on: true } }));
    const both = await ship.ask('POST', '/publish', { edits: mixed }, ship.ben);
    const { requests } = await ship.must<{ requests: { id: string }[] }>('GET', '/requests', undefined, outsider);
    expect(requests.map(({ id }) => id)).not.toEqual(expect.arrayContaining([hidden]));
    expect(requests.map(({ id }) => id)).not.toContain(both);
    for (const path of [hidden, both, '4242']) {
      const answer = await ship.call('GET', `/requests/${path}`, undefined, outsider);
      expect([answer.status, answer.text.replaceAll(path, 'ID')]).toEqual([
        404,
        (await ship.call('GET', '/requests/4243', undefined, outsider)).text.replaceAll('4243', 'ID'),
      ]);
      expect((await ship.call('POST', `/requests/${path}/reject`, { reason: 'no' }, outsider)).status).toBe(404);
    }
    const history = await ship.must<{ entries: { changes: { environment?: string }[] }[] }>(
      'GET',
      '/history',
      undefined,
      outsider,
    );
    const places = history.entries.flatMap(({ changes }) => changes.map(({ environment }) => environment));
    expect(places).not.toContain('production');
  });
});
