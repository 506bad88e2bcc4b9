import type { Committed, HistoryEntry, Preview } from '@taffrail/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinAs, signUpOwner } from '../testing/people.ts';
import { startServer, type RunningServer } from '../testing/running-server.ts';

const organization = '/api/v1/orgs/default';
const project = `${organization}/projects/default`;
const here = `${project}/environments/production`;

let server: RunningServer;
let owner: string;
let viewer: string;

beforeAll(async () => {
  server = await startServer();
  owner = (await signUpOwner(server)).token;
  viewer = (await joinAs(server, 'default', owner, 'vic@example.org', [{ role: 'viewer', project: 'default' }])).token;
  await post<Committed>(`${project}/flags`, { key: 'f', reason: 'for the launch' });
});
afterAll(() => server.remove());

const post = <T>(path: string, body: object, headers: Record<string, string> = {}) =>
  server.send<T>('POST', path, { token: owner, body, headers });
const entries = async (path: string, token = owner) =>
  (await server.send<{ entries: HistoryEntry[]; next?: number }>('GET', path, { token })).body;

describe('over HTTP', () => {
  it('a change is listed, and undone by the link that it came with', async () => {
    const { body: committed } = await post<Committed>(`${here}/flags/f/turn`, { on: true, reason: 'go' });
    expect(committed.undo).toEqual({ method: 'POST', href: `${project}/history/${committed.revision}/undo` });
    const { body: undone } = await post<Committed>(committed.undo!.href, {});
    expect(undone.changes).toMatchObject([{ summary: 'turned off in production' }]);
    const [last, before, first] = (await entries(`${project}/history`)).entries;
    expect(last).toMatchObject({ command: 'change.undo', undoes: committed.revision });
    expect(before).toMatchObject({ command: 'flag.turn', reason: 'go' });
    expect(first).toMatchObject({ command: 'flag.create', reason: 'for the launch' });
  });

  it('pages follow each other', async () => {
    const all = (await entries(`${project}/history`)).entries.map(({ seq }) => seq);
    const { entries: newest, next } = await entries(`${project}/history?limit=2`);
    expect(newest.map(({ seq }) => seq)).toEqual(all.slice(0, 2));
    expect((await entries(`${project}/history?limit=1000&before=${next}`)).entries.map(({ seq }) => seq)).toEqual(all.slice(2));
  });

  it('an export is what the list has, the other way round', async () => {
    const { text, headers } = await server.send('GET', `${project}/history/export?flag=f`, { token: owner });
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    const exported = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as HistoryEntry);
    const { entries: newestFirst } = await entries(`${project}/history?flag=f`);
    expect(exported).toEqual(newestFirst.sort((a, b) => a.seq - b.seq));
  });

  it('who lost the race is shown what the flag is now; a preview writes nothing', async () => {
    const { body: preview } = await post<Preview>(`${here}/flags/f/kill?preview=1`, {});
    expect(preview).toMatchObject({ narrowing: true, changes: [{ kind: 'flag.killed' }] });
    const lost = await post(`${here}/flags/f/kill`, {}, { 'If-Match': '"1"' });
    expect(lost).toMatchObject({ status: 409, body: { code: 'CONFLICT', current: { key: 'f', document: { locked: false } } } });
    const { body } = await server.send('GET', `${project}/flags/f`, { token: owner });
    expect(body).toMatchObject({ environments: { production: { document: { locked: false } } } });
  });

  it('a viewer reads the history, and undoes nothing', async () => {
    expect((await entries(`${project}/history`, viewer)).entries.length).toBeGreaterThan(2);
    const refused = await server.send('POST', `${project}/history/3/undo`, { token: viewer, body: {} });
    expect(refused).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });

  it("the organization's history and its chain are for admins; the chain holds", async () => {
    const commands = (await entries(`${organization}/history`)).entries.map(({ command }) => command);
    expect(commands).toEqual(expect.arrayContaining(['member.join', 'member.invite', 'project.create', 'organization.create']));
    expect(commands).not.toContain('flag.create');
    expect((await server.send('GET', `${organization}/history/verify`, { token: viewer })).status).toBe(403);
    const { body } = await server.send<{ entries: number }>('GET', `${organization}/history/verify`, { token: owner });
    expect(body).not.toHaveProperty('brokenAt');
    expect(body.entries).toBeGreaterThan(7);
  });

  it('an entry is erased by an owner, saying why, and by nobody else', async () => {
    const erase = (token: string, body: object) => server.send('POST', `${organization}/history/1/erase`, { token, body });
    const admin = (await joinAs(server, 'default', owner, 'admin@example.org', [{ role: 'admin' }])).token;
    expect((await erase(admin, { reason: 'it was secret' })).status).toBe(403);
    expect(await erase(owner, {})).toMatchObject({ status: 422, body: { mistakes: [{ at: '/body/reason' }] } });
    const kept = (await entries(`${organization}/history`)).entries.find(({ seq }) => seq === 1);
    expect(kept).not.toHaveProperty('erasedAt');
    expect(await erase(owner, { reason: 'it was secret' })).toMatchObject({ status: 200, body: { changed: true } });
    const [newest] = (await entries(`${organization}/history`)).entries;
    expect(newest).toMatchObject({ command: 'history.erase', reason: 'it was secret', changes: [{ key: '1' }] });
  });

  it('a rollback takes the environment back', async () => {
    const { body: on } = await post<Committed>(`${here}/flags/f/turn`, { on: true });
    await post(`${here}/flags/f/rollout`, { percent: 5 });
    const { body: back } = await post<Committed>(`${here}/rollback`, { to: on.revision });
    expect(back.changes).toMatchObject([{ summary: 'rollout of on 5 % of user → 100 % in production' }]);
    expect(await post(`${here}/rollback`, { to: 10_000 })).toMatchObject({
      status: 422,
      body: { mistakes: [{ at: '/body/to' }] },
    });
  });
});
