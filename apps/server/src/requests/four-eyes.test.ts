import type { EnvironmentFlag, Preview } from '@taffrail/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { organization, production, project, setSail, type Ship } from './four-eyes.test-kit.ts';

let ship: Ship;
beforeAll(async () => {
  ship = await setSail();
});
afterAll(() => ship.server.remove());

const needed = { status: 409, body: { code: 'APPROVAL_NEEDED' } };
const refusedAs = (status: number, code: string) => ({ status, body: { code } });

/** A flag of its own for each way around, so that none leans on another; on in production before anything is gated there. */
let flags = 0;
async function flag({ on = false, edit }: { on?: boolean; edit?: object } = {}): Promise<string> {
  const key = `flag-${++flags}`;
  await ship.must('POST', '/flags', { key });
  await ungated(async () => {
    if (on) await ship.must('POST', `${production}/flags/${key}/turn`, { on });
    if (edit) await ship.must('POST', '/publish', { edits: [{ environment: 'production', flag: key, edit }] });
  });
  return key;
}

/** Takes the gate away, by the book: Ana asks, Dan approves. */
async function ungated(work: () => Promise<unknown>): Promise<void> {
  const off = { policies: { publish: 'none', unlock: 'none', rollback: 'none' } };
  const asked = await ship.call('PATCH', `${production}?request=1`, off);
  if (asked.status === 200) await ship.approve(asked.body.request ?? '', ship.dan);
  await work();
  await ship.gate({ publish: 'second-person', unlock: 'second-person', rollback: 'second-person' });
}

const at = (key: string) => `${production}/flags/${key}`;
const turnOn = (key: string, by?: { token: string }, query = '') =>
  ship.call('POST', `${at(key)}/turn${query}`, { on: true }, by);
const publish = (...edits: readonly (readonly [environment: string, flag: string, edit: object])[]) =>
  ship.call('POST', '/publish', { edits: edits.map(([environment, key, edit]) => ({ environment, flag: key, edit })) }, ship.ben);
const stored = async (key: string): Promise<EnvironmentFlag> => {
  const { environments } = await ship.must<{ environments: Record<string, { document: EnvironmentFlag }> }>(
    'GET',
    `/flags/${key}`,
  );
  return environments['production']?.document ?? expect.fail(`no ${key}`);
};
const isOn = async (key: string) => (await stored(key)).on;
const revision = async () => (await ship.must<{ revision: number }>('GET', '')).revision;

describe('what waits', () => {
  it('is refused with what it waits for, and changes nothing', async () => {
    const key = await flag();
    const before = await revision();
    const refused = await turnOn(key, ship.ben);
    expect(refused).toMatchObject(needed);
    expect(refused.body).toMatchObject({ current: { waits: [{ environment: 'production', action: 'publish' }] } });
    expect(refused.body.detail).toMatch(/more in production wants a second person.*ask for approval/i);
    expect([await revision(), await isOn(key)]).toEqual([before, false]);
  });

  it('is known before it is tried', async () => {
    const key = await flag();
    const preview = await turnOn(key, ship.ben, '?preview=1');
    expect(preview).toMatchObject({ status: 200, body: { narrowing: false, waits: [{ environment: 'production' }] } });
    expect((await ship.call('POST', `${at(key)}/turn?preview=1`, { on: false })).body).toMatchObject({ waits: [] });
    const seen = await ship.must<{ environments: object[] }>('GET', '');
    expect(seen.environments).toContainEqual(
      expect.objectContaining({ policies: expect.objectContaining({ publish: 'second-person' }) as object }) as object,
    );
  });

  it('is applied once a second person has looked at it, and the history names both', async () => {
    const key = await flag();
    const id = await ship.ask('POST', `${at(key)}/turn`, { on: true, reason: 'for the launch' }, ship.ben);
    expect(await isOn(key)).toBe(false);
    expect(await ship.show(id, ship.cleo)).toMatchObject({
      request: { status: 'open', summary: `${key}: turned on in production`, authors: [{ person: ship.ben.id }] },
      now: { differs: false },
      yours: { approve: true, withdraw: false },
    });
    const approved = await ship.approve(id, ship.cleo);
    expect(approved).toMatchObject({ status: 200, body: { changed: true, request: id } });
    expect(await isOn(key)).toBe(true);
    const { entries } = await ship.must<{ entries: object[] }>('GET', '/history?limit=2');
    expect(entries).toMatchObject([
      {
        command: 'request.approve',
        actor: { id: ship.cleo.id },
        reason: 'for the launch',
        changes: [
          { kind: 'request.approved', key: id, summary: expect.stringContaining('which ben asked for') as string },
          { key },
        ],
      },
      { command: 'request.make', actor: { id: ship.ben.id }, changes: [{ kind: 'request.made', sort: 'request', key: id }] },
    ]);
    expect(await ship.show(id)).toMatchObject({
      request: { status: 'approved', decision: { by: { id: ship.cleo.id }, revision: approved.body.revision } },
    });
  });
});

describe('a way around by who approves', () => {
  let key: string;
  let id: string;
  beforeAll(async () => {
    key = await flag();
    id = await ship.ask('POST', `${at(key)}/turn`, { on: true }, ship.ben);
  });

  it.each<[string, () => Promise<{ token: string }>, RegExp]>([
    ['oneself', async () => ship.ben, /a hand in this yourself/],
    ['a service token of somebody else', () => ship.serviceToken(ship.ana), /a person must look at this/],
    ['an account of one mailbox', () => ship.join('ben+2@example.org', [{ role: 'editor' }]), /have one mailbox/],
    [
      'an account made afterwards',
      () => ship.join('new-ben@example.org', [{ role: 'editor' }]),
      /joined after this was asked for/,
    ],
  ])('%s', async (_, who, sentence) => {
    const by = await who();
    const refused = await ship.approve(id, by);
    expect(refused).toMatchObject({
      ...refusedAs(403, 'SECOND_PERSON'),
      body: { detail: expect.stringMatching(sentence) as string },
    });
    expect([(await ship.show(id, by)).yours.approve, await isOn(key)]).toEqual([false, false]);
  });

  it('oneself, by session instead of the token that asked', async () => {
    const { now } = await ship.show(id);
    const sent = { cookie: ship.ben.cookie, body: { digest: now?.preview?.digest } };
    expect(await ship.server.send('POST', `${project}/requests/${id}/approve`, sent)).toMatchObject(
      refusedAs(403, 'SECOND_PERSON'),
    );
  });

  it('a service token of one’s own asks, or one that this token made: its creator is the author', async () => {
    const robot = await ship.serviceToken(ship.ana, [{ role: 'admin' }]);
    const child = await ship.serviceToken(robot);
    const other = await flag();
    const asked = await ship.ask('POST', `${at(other)}/turn`, { on: true }, child);
    expect((await ship.show(asked)).request).toMatchObject({
      requestedBy: { type: 'service' },
      authors: [{ person: ship.ana.id }],
    });
    for (const by of [ship.ana, child, robot])
      expect(await ship.approve(asked, by)).toMatchObject(refusedAs(403, 'SECOND_PERSON'));
    expect((await ship.approve(asked, ship.cleo)).status).toBe(200);
  });

  it('somebody who has been demoted since, and somebody who only edits elsewhere', async () => {
    const dora = await ship.join('dora@example.org', [{ role: 'editor' }]);
    const stager = await ship.join('stager@example.org', [
      { role: 'editor', project: 'default', environment: 'staging' },
      { role: 'viewer' },
    ]);
    ship.nowMs.value += 1_000;
    const other = await flag();
    const asked = await ship.ask('POST', `${at(other)}/turn`, { on: true }, ship.ben);
    expect((await ship.show(asked, dora)).yours.approve).toBe(true);
    await ship.must('PUT', `${organization}/members/${dora.id}/grants`, { grants: [{ role: 'viewer' }] });
    expect(await ship.approve(asked, dora)).toMatchObject(refusedAs(403, 'FORBIDDEN'));
    expect(await ship.approve(asked, stager)).toMatchObject(refusedAs(403, 'FORBIDDEN'));
    expect(await isOn(other)).toBe(false);
  });

  it('an accomplice, when who asked for it may no longer do it', async () => {
    const eve = await ship.join('eve@example.org', [{ role: 'editor' }]);
    const other = await flag();
    const asked = await ship.ask('POST', `${at(other)}/turn`, { on: true }, eve);
    await ship.must('DELETE', `${organization}/members/${eve.id}`);
    expect(await ship.approve(asked, ship.cleo)).toMatchObject(refusedAs(403, 'SECOND_PERSON'));
    expect(await isOn(other)).toBe(false);
  });

  it('oneself, after leaving and coming back by the same address', async () => {
    const finn = await ship.join('finn@example.org', [{ role: 'editor' }]);
    const other = await flag();
    const asked = await ship.ask('POST', `${at(other)}/turn`, { on: true }, finn);
    await ship.must('DELETE', `${organization}/members/${finn.id}`);
    const invited = await ship.must<{ link: string }>('POST', `${organization}/invitations`, {
      email: 'finn@example.org',
      grants: [{ role: 'editor' }],
    });
    const link = invited.link.split('#')[1];
    await ship.server.send('POST', '/api/v1/session/link', { body: { link, password: finn.password } });
    const token = { organization: 'default', name: 'again' };
    const again = await ship.server.send<{ secret: string }>('POST', '/api/v1/session/tokens', {
      cookie: finn.cookie,
      body: token,
    });
    expect(again.status).toBe(200);
    expect(await ship.approve(asked, { token: again.body.secret })).toMatchObject(refusedAs(403, 'SECOND_PERSON'));
  });

  it('another project, or another organization', async () => {
    await ship.must('POST', `${organization}/projects`, { key: 'other', name: 'Other' });
    const { now } = await ship.show(id);
    const body = { digest: now?.preview?.digest };
    const elsewhere = await ship.call('POST', `${organization}/projects/other/requests/${id}/approve`, body, ship.cleo);
    expect(elsewhere).toMatchObject(refusedAs(404, 'NOT_FOUND'));
    const { cookie } = ship.cleo;
    await ship.server.send('POST', '/api/v1/orgs', { cookie, body: { key: 'mine', name: 'Mine' } });
    const foreign = await ship.server.send('POST', `/api/v1/orgs/mine/projects/default/requests/${id}/approve`, { cookie, body });
    expect(foreign).toMatchObject(refusedAs(404, 'NOT_FOUND'));
    expect(await isOn(key)).toBe(false);
  });

  it('in the end it still waits for somebody else', async () => {
    expect((await ship.show(id)).request).toMatchObject({ status: 'open', authors: [{ person: ship.ben.id }] });
    expect((await ship.approve(id, ship.cleo)).status).toBe(200);
    expect(await isOn(key)).toBe(true);
  });
});

describe('a way around by what is approved', () => {
  it('editing what was looked at: the digest is another, and the editor is an author', async () => {
    const key = await flag();
    const id = await ship.ask('POST', `${at(key)}/rollout`, { percent: 1 }, ship.ben);
    const digest = (await ship.show(id, ship.cleo)).now?.preview?.digest;
    await ship.must('PUT', `/requests/${id}`, { body: { percent: 100 } }, ship.ben);
    expect(await ship.call('POST', `/requests/${id}/approve`, { digest }, ship.cleo)).toMatchObject(
      refusedAs(409, 'REQUEST_CHANGED'),
    );
    await ship.must('PUT', `/requests/${id}`, { body: { percent: 50 } }, ship.cleo);
    for (const by of [ship.ben, ship.cleo]) expect(await ship.approve(id, by)).toMatchObject(refusedAs(403, 'SECOND_PERSON'));
    expect((await ship.show(id)).request.authors.map(({ person }) => person)).toEqual([ship.ben.id, ship.cleo.id]);
    expect(await isOn(key)).toBe(false);
    expect((await ship.approve(id, ship.ana)).status).toBe(200);
  });

  it('a preview that is stale, because the flag or what it asks has become another', async () => {
    const [key, segment] = [await flag(), 'pilots'];
    const body = { name: 'Pilots', description: '', kind: 'org', included: ['acme'], excluded: [] };
    await ship.must('PUT', `${production}/segments/${segment}`, body);
    const edit = { on: true, rules: [{ id: 'r', when: { segment }, serve: { variant: 'on' } }], fallthrough: { variant: 'off' } };
    const id = await ship.ask('POST', '/publish', { edits: [{ environment: 'production', flag: key, edit }] }, ship.ben);
    const seen = await ship.show(id, ship.cleo);
    await ship.must('PUT', `${production}/segments/${segment}`, { ...body, included: ['acme', 'berlin', 'corp'] }, ship.ben);
    const refused = await ship.call('POST', `/requests/${id}/approve`, { digest: seen.now?.preview?.digest }, ship.cleo);
    expect(refused).toMatchObject(refusedAs(409, 'REQUEST_CHANGED'));
    const now = await ship.show(id, ship.cleo);
    expect(now.now?.differs).toBe(true);
    expect(refused.body.current).toEqual({ preview: now.now?.preview });
    expect(await isOn(key)).toBe(false);
  });

  it('a step that has become a larger one, though it ends where it was to end', async () => {
    const key = await flag({ edit: { on: true, fallthrough: { variant: 'off' } } });
    const id = await ship.ask('POST', `${at(key)}/rollout`, { percent: 20 }, ship.ben);
    await ship.approve(id, ship.cleo);
    const more = await ship.ask('POST', `${at(key)}/rollout`, { percent: 30 }, ship.ben);
    const digest = (await ship.show(more, ship.cleo)).now?.preview?.digest;
    await ship.must('POST', `${at(key)}/rollout`, { percent: 1 }, ship.ben);
    expect(await ship.call('POST', `/requests/${more}/approve`, { digest }, ship.cleo)).toMatchObject(
      refusedAs(409, 'REQUEST_CHANGED'),
    );
  });

  it('a digest of anything else', async () => {
    const key = await flag();
    const id = await ship.ask('POST', `${at(key)}/turn`, { on: true }, ship.ben);
    const refused = await ship.call('POST', `/requests/${id}/approve`, { digest: 'f'.repeat(64) }, ship.cleo);
    expect(refused).toMatchObject(refusedAs(409, 'REQUEST_CHANGED'));
  });

  it('approving twice, or what was rejected, withdrawn or left too long', async () => {
    const [one, two, three, four] = [await flag(), await flag(), await flag(), await flag()];
    const ids = [];
    for (const key of [one, two, three, four]) ids.push(await ship.ask('POST', `${at(key)}/turn`, { on: true }, ship.ben));
    const digests = [];
    for (const id of ids) digests.push((await ship.show(id, ship.cleo)).now?.preview?.digest);
    await ship.approve(ids[0] ?? '', ship.cleo);
    await ship.must('POST', `/requests/${ids[1]}/reject`, { reason: 'not now' }, ship.cleo);
    await ship.must('POST', `/requests/${ids[2]}/withdraw`, {}, ship.ben);
    ship.nowMs.value += 30 * 86_400_000;
    for (const [index, id] of ids.entries()) {
      const again = await ship.call('POST', `/requests/${id}/approve`, { digest: digests[index] }, ship.cleo);
      expect(again).toMatchObject(refusedAs(409, 'REQUEST_CLOSED'));
    }
    const statuses = await Promise.all(ids.map(async (id) => (await ship.show(id)).request.status));
    expect(statuses).toEqual(['approved', 'rejected', 'withdrawn', 'expired']);
    expect(await Promise.all([one, two, three, four].map(isOn))).toEqual([true, false, false, false]);
  });
});

describe('a way around by how it is done', () => {
  it('many small publishes', async () => {
    const key = await flag();
    const steps = [
      await publish(['production', key, { pins: [{ kind: 'org', keys: ['acme'], variant: 'on' }] }]),
      await publish([
        'production',
        key,
        { rules: [{ id: 'r', when: { kind: 'org', path: ['key'], op: 'is', values: ['acme'] }, serve: { variant: 'on' } }] },
      ]),
    ];
    expect(steps.map(({ status }) => status)).toEqual([200, 200]);
    expect(await publish(['production', key, { on: true }])).toMatchObject(needed);
    for (const percent of [0.001, 0.002]) {
      expect(await ship.call('POST', `${at(key)}/rollout`, { percent }, ship.ben)).toMatchObject(needed);
    }
  });

  it('undoing what narrowed', async () => {
    const key = await flag({ on: true });
    const off = await ship.must('POST', `${at(key)}/turn`, { on: false }, ship.ben);
    expect(await ship.call('POST', `/history/${off.revision}/undo`, {}, ship.ben)).toMatchObject(needed);
    expect(await isOn(key)).toBe(false);
  });

  it('undoing a kill, and unlocking', async () => {
    const key = await flag({ on: true });
    const killed = await ship.must('POST', `${at(key)}/kill`, {}, ship.ben);
    expect(await ship.call('POST', `/history/${killed.revision}/undo`, {})).toMatchObject(needed);
    const unlocking = await ship.call('POST', `${at(key)}/unlock`, { reason: 'fixed' });
    expect(unlocking).toMatchObject({
      ...needed,
      body: { current: { waits: [{ environment: 'production', action: 'unlock' }] } },
    });
    expect(await stored(key)).toMatchObject({ on: false, locked: true });
  });

  it('a rollback to when more was given', async () => {
    const key = await flag({ on: true });
    const to = await revision();
    await ship.must('POST', `${at(key)}/turn`, { on: false }, ship.ben);
    const back = await ship.call('POST', `${production}/rollback`, { to }, ship.ben);
    expect(back).toMatchObject({ ...needed, body: { current: { waits: [{ action: 'rollback' }] } } });
    expect(await isOn(key)).toBe(false);
  });

  it('a segment that flags ask, made wider or taken away with its flag', async () => {
    const body = { name: 'Wide', description: '', kind: 'org', included: ['acme'], excluded: [] };
    await ship.must('PUT', `${production}/segments/wide`, body);
    const rules = [{ id: 'r', when: { segment: 'wide' }, serve: { variant: 'on' } }];
    await flag({ edit: { on: true, rules, fallthrough: { variant: 'off' } } });
    const wider = await ship.call('PUT', `${production}/segments/wide`, { ...body, included: ['acme', 'berlin'] }, ship.ben);
    expect(wider).toMatchObject(needed);
  });

  it('archiving a flag and restoring one', async () => {
    const key = await flag({ on: true });
    expect(await ship.call('POST', `/flags/${key}/archive`, {}, ship.ben)).toMatchObject(needed);
    let restored = '';
    let archived: { revision?: number } = {};
    await ungated(async () => {
      restored = `flag-${++flags}`;
      await ship.must('POST', '/flags', { key: restored });
      await ship.must('POST', `${at(restored)}/turn`, { on: true });
      archived = await ship.must('POST', `/flags/${restored}/archive`, {});
    });
    expect(await ship.call('POST', `/history/${archived.revision}/undo`, {}, ship.ben)).toMatchObject(needed);
    await ship.must('POST', `/flags/${restored}/restore`, {}, ship.ben);
    expect(await isOn(restored)).toBe(false);
  });

  it('copying from an environment that is not gated, and one bulk with it', async () => {
    const key = await flag();
    await ship.must('POST', `/environments/staging/flags/${key}/turn`, { on: true }, ship.ben);
    const copied = await ship.call('POST', `${production}/copy`, { from: 'staging', flags: [key] }, ship.ben);
    expect(copied).toMatchObject(needed);
    const before = await revision();
    expect(await publish(['staging', key, { on: false }], ['production', key, { on: true }])).toMatchObject(needed);
    expect([await revision(), await isOn(key)]).toEqual([before, false]);
  });

  it('another environment instead of the gated one takes no flag of it along', async () => {
    const key = await flag();
    await ship.must('POST', '/environments', { key: 'shadow', name: 'Shadow' });
    await ship.must('POST', `/environments/shadow/flags/${key}/turn`, { on: true }, ship.ben);
    expect(await isOn(key)).toBe(false);
    expect(await ship.call('POST', '/environments', { key: 'production', name: 'Open' })).toMatchObject(
      refusedAs(409, 'ALREADY_EXISTS'),
    );
  });

  it.each<[string, object]>([
    ['dropping a policy', { policies: { publish: 'none' } }],
    ['dropping one of several', { policies: { unlock: 'none' } }],
    ['taking the mark of production away', { production: false }],
  ])('weakening the policy itself: %s', async (_, change) => {
    const refused = await ship.call('PATCH', production, change);
    expect(refused).toMatchObject({
      ...needed,
      body: { current: { waits: [{ environment: 'production', action: 'settings' }] } },
    });
    expect(await ship.call('PATCH', production, change, ship.ben)).toMatchObject(refusedAs(403, 'FORBIDDEN'));
  });

  it('weakening the policy in an emergency', async () => {
    const weaken = { policies: { publish: 'none' } };
    const refused = await ship.call('PATCH', `${production}?emergency=1&reason=fire`, weaken);
    expect(refused).toMatchObject(refusedAs(403, 'FORBIDDEN'));
  });

  it('weakening the policy by an undo or a rollback', async () => {
    const { revision: made } = await ship.must('PATCH', production, { policies: { stage: 'second-person' } });
    expect(await ship.call('POST', `/history/${made}/undo`, {})).toMatchObject(refusedAs(422, 'INVALID'));
    await ship.call('POST', `${production}/rollback`, { to: 1 });
    const { environments } = await ship.must<{ environments: { key: string; policies?: object }[] }>('GET', '');
    expect(environments.find(({ key }) => key === 'production')?.policies).toMatchObject({ stage: 'second-person' });
  });

  it('an idempotency key that was answered before the gate, or that asked for approval', async () => {
    const key = await flag();
    const go = (query: string, name: string) =>
      ship.call('POST', `${at(key)}/turn${query}`, { on: true }, ship.ben, { 'Idempotency-Key': name });
    expect(await go('', 'first')).toMatchObject(needed);
    const asked = await go('?request=1', 'first');
    expect(asked.status).toBe(200);
    expect((await go('?request=1', 'first')).body).toEqual(asked.body);
    expect(await go('', 'first')).toMatchObject(refusedAs(422, 'INVALID'));
    await ungated(async () => {
      expect((await go('', 'open')).status).toBe(200);
      await ship.must('POST', `${at(key)}/turn`, { on: false });
    });
    expect((await go('', 'open')).status).toBe(200);
    expect(await isOn(key)).toBe(false);
  });

  it('what was previewed, or asked for, before the policy', async () => {
    const key = await flag();
    let asked = '';
    await ungated(async () => {
      expect((await turnOn(key, ship.ben, '?preview=1')).body).toMatchObject({ waits: [] });
      asked = await ship.ask('POST', `${at(key)}/turn`, { on: true }, ship.ben);
    });
    expect(await turnOn(key, ship.ben)).toMatchObject(needed);
    expect(await ship.approve(asked, ship.ben)).toMatchObject(refusedAs(403, 'SECOND_PERSON'));
    expect(await isOn(key)).toBe(false);
  });

  it('taking a prerequisite away, changing the off variant, and sending to browsers what is on', async () => {
    const asked = await flag();
    const key = await flag({ edit: { on: true, prerequisites: [{ flag: asked, variants: ['on'] }] } });
    expect(await publish(['production', key, { prerequisites: [] }])).toMatchObject(needed);
    expect(await publish(['production', key, { off: 'on' }])).toMatchObject(needed);
    expect(await publish(['production', asked, { off: 'on' }])).toMatchObject(needed);
    expect(await publish(['production', await flag({ on: true }), { client: true }])).toMatchObject(needed);
  });

  it('sending to browsers what is true while it is off, or no longer sending what they would take for their code default', async () => {
    const lit = `flag-${++flags}`;
    await ungated(() => ship.must('POST', '/flags', { key: lit, variants: { on: true, off: true }, off: 'off' }));
    expect(await publish(['production', lit, { client: true }])).toMatchObject(needed);
    expect(await publish(['production', await flag({ edit: { client: true } }), { client: false }])).toMatchObject(needed);
    expect((await publish(['production', await flag(), { client: true }])).status).toBe(200);
  });

  it('a flag that others ask the other way round', async () => {
    const asked = await flag({ on: true });
    const rules = [{ id: 'r', when: { flag: asked, variants: ['off'] }, serve: { variant: 'on' } }];
    await flag({ edit: { on: true, rules, fallthrough: { variant: 'off' } } });
    expect(await publish(['production', asked, { on: false }])).toMatchObject(needed);
  });

  it.each<[string, object]>([
    ['that is true while it is off', { variants: { on: true, off: true }, off: 'off' }],
    ['that starts on', { environments: { production: { on: true } } }],
  ])('a new flag %s', async (_, fields) => {
    const created = await ship.call('POST', '/flags', { key: `new-${++flags}`, ...fields }, ship.ben);
    expect(created).toMatchObject(needed);
  });

  it('an emergency without being an admin, or without a reason', async () => {
    const key = await flag();
    expect(await turnOn(key, ship.ben, '?emergency=1&reason=fire')).toMatchObject(refusedAs(403, 'FORBIDDEN'));
    expect(await turnOn(key, ship.ana, '?emergency=1')).toMatchObject(refusedAs(422, 'INVALID'));
    expect(await isOn(key)).toBe(false);
  });
});

describe('what never waits', () => {
  it('turning off, killing, a smaller share, a rollback that gives nobody more, and a new flag', async () => {
    const key = await flag();
    const start = await revision();
    const id = await ship.ask('POST', `${at(key)}/rollout`, { percent: 50 }, ship.ben);
    await ship.approve(id, ship.cleo);
    expect((await ship.call('POST', `${at(key)}/rollout`, { percent: 10 }, ship.ben)).status).toBe(200);
    expect((await ship.call('POST', `${production}/rollback`, { to: start }, ship.ben)).status).toBe(200);
    expect(await isOn(key)).toBe(false);
    const other = await flag({ on: true });
    expect((await ship.call('POST', `${at(other)}/turn`, { on: false }, ship.ben)).status).toBe(200);
    expect((await ship.call('POST', `${at(other)}/kill`, {}, ship.ben)).status).toBe(200);
    expect((await ship.call('POST', '/flags', { key: 'quite-new' }, ship.ben)).status).toBe(200);
  });

  it('other environments, a segment that no flag asks, and a stronger policy', async () => {
    const key = await flag();
    expect((await ship.call('POST', `/environments/staging/flags/${key}/turn`, { on: true }, ship.ben)).status).toBe(200);
    const body = { name: 'Nobody', description: '', kind: 'org', included: ['acme'], excluded: [] };
    expect((await ship.call('PUT', `${production}/segments/unasked`, body, ship.ben)).status).toBe(200);
    expect((await ship.call('PATCH', production, { name: 'Live', policies: { stage: 'second-person' } })).status).toBe(200);
  });

  it('a kill or a back-out, though a flag that asks the other way round gives somebody more', async () => {
    const asked = await flag({ on: true });
    const staged = `flag-${++flags}`;
    await ungated(async () => {
      await ship.must('POST', '/features', { key: 'staged', flags: [staged], createFlags: true });
      await ship.must('POST', `${at(staged)}/turn`, { on: true });
    });
    for (const key of [asked, staged]) {
      const rules = [{ id: 'r', when: { flag: key, variants: ['off'] }, serve: { variant: 'on' } }];
      await flag({ edit: { on: true, rules, fallthrough: { variant: 'off' } } });
    }
    const kill = await ship.call<Preview>('POST', `${at(asked)}/kill?preview=1`, {}, ship.ben);
    expect(kill.body).toMatchObject({ narrowing: false, waits: [] });
    expect((await ship.call('POST', `${at(asked)}/kill`, {}, ship.ben)).status).toBe(200);
    const out = await ship.call('POST', `${production}/features/staged/back-out`, { reason: 'rows are lost' }, ship.ben);
    expect([out.status, await isOn(asked), await isOn(staged)]).toEqual([200, false, false]);
  });

  it('an emergency: it is published at once, named in the history, and left for another person to review', async () => {
    const key = await flag();
    const done = await turnOn(key, ship.ana, '?emergency=1&reason=fire');
    expect([done.status, await isOn(key)]).toEqual([200, true]);
    const id = done.body.request ?? '';
    expect((await ship.list('?status=emergency')).map((row) => row.id)).toContain(id);
    const { entries } = await ship.must<{ entries: object[] }>('GET', '/history?limit=1');
    expect(entries).toMatchObject([
      { command: 'flag.turn', reason: 'fire', changes: [{ key }, { kind: 'request.emergency', key: id }] },
    ]);
    expect(await ship.call('POST', `/requests/${id}/review`, {}, ship.ana)).toMatchObject(refusedAs(403, 'SECOND_PERSON'));
    expect((await ship.call('POST', `/requests/${id}/review`, { reason: 'right so' }, ship.ben)).status).toBe(200);
    expect((await ship.show(id)).request).toMatchObject({ status: 'reviewed', decision: { by: { id: ship.ben.id } } });
  });

  it('an undo of what was approved, where it narrows', async () => {
    const key = await flag();
    const approved = await ship.approve(await ship.ask('POST', `${at(key)}/turn`, { on: true }, ship.ben), ship.cleo);
    const undone = await ship.call('POST', approved.body.undo?.href ?? '', {}, ship.ben);
    expect([undone.status, await isOn(key)]).toEqual([200, false]);
  });
});
