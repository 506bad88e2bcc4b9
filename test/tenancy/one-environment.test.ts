import { contracts, type Operation } from '@taffrail/schema';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask } from './matrix.ts';
import { createWorld, ghosts, hidden, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.server.remove());

const project = '/orgs/:org/projects/:project';
const reading = (Object.keys(contracts) as Operation[]).filter((key) => key.startsWith(`GET ${project}`));
const whole = [
  ['flags', ''],
  ['flags/:flag', ''],
  ['history', ''],
  ['history/export', ''],
  ['history/export', '?format=csv'],
  ['releases', ''],
  ['release-matrix', ''],
  ['lines', ''],
  ['back-outs', ''],
  ['flags/:flag/releases', ''],
] as const;

const others = [
  ['stream', ''],
  ['environments/:environment/segments', ''],
  ['environments/:environment/contexts', ''],
] as const;

/** The reads of a project whose answers tell this caller of the hidden environment. */
async function telling({ server, alpha }: World, subject: World['oneEnvironment']): Promise<string[]> {
  const asked = [...reading.map((key) => [key, ''] as const), ...whole.map(([path, query]) => [readOf(path), query] as const)];
  const told = await Promise.all(
    asked.map(async ([key, query]) => {
      const { text } = await ask({ server }, { key, subject }, alpha, query);
      return text.includes('hidden') ? [`${key}${query}`] : [];
    }),
  );
  return [...new Set(told.flat())];
}

const readOf = (path: string) => `GET ${project}/${path}` as Operation;

describe('an editor of one environment alone', () => {
  it.each([...whole, ...others])('reads %s%s', async (path, query) => {
    const { status } = await ask(world, { key: readOf(path), subject: world.oneEnvironment }, world.alpha, query);
    expect(status).toBe(200);
  });

  it('sees every flag, with the cell of that environment', async () => {
    const { body } = await ask(world, { key: readOf('flags'), subject: world.oneEnvironment }, world.alpha);
    expect(body).toMatchObject({
      flags: [
        { definition: { key: 'kumquat-f' }, environments: { 'kumquat-e': { summary: 'on' } } },
        { definition: { key: 'kumquat-f-2' }, environments: { 'kumquat-e': { summary: 'off' } } },
      ],
    });
  });

  it('edits a flag there, and neither in another nor in the whole project', async () => {
    const { server, alpha, oneEnvironment: subject } = world;
    const turn = `POST ${project}/environments/:environment/flags/:flag/turn` as Operation;
    expect(await ask({ server }, { key: turn, subject }, alpha)).toMatchObject({ status: 200 });
    expect(await ask({ server }, { key: turn, subject }, { ...alpha, environment: hidden })).toMatchObject({ status: 404 });
    for (const key of [`POST ${project}/flags`, `PATCH ${project}/flags/:flag`] as Operation[]) {
      expect(await ask({ server }, { key, subject }, alpha)).toMatchObject({ status: 403 });
    }
  });

  it('learns of no other from any read, of which each tells its owner', async () => {
    expect(await telling(world, world.oneEnvironment)).toEqual([]);
    const told = await telling(world, { name: 'the owner', cookie: world.alphaOwner.cookie });
    expect(told).toEqual(expect.arrayContaining(whole.map(([path, query]) => `${readOf(path)}${query}`)));
  });

  it('sees no install, and cannot tell one from none', async () => {
    const { server, alpha, oneEnvironment: subject } = world;
    const board = await ask({ server }, { key: readOf('installs'), subject }, alpha);
    expect(board).toMatchObject({ status: 200, body: { installs: [], total: 0, counts: { silent: 0 }, running: [] } });
    const lines = await ask({ server }, { key: readOf('lines'), subject }, alpha);
    expect(lines).toMatchObject({ body: { lines: expect.arrayContaining([expect.objectContaining({ installs: 0 })]) } });
    expect(lines.text).not.toContain('"installs":1');
    const showing = async (install = '') => {
      const { status, text } = await ask({ server }, { key: readOf('installs/:install'), subject }, { ...alpha, install });
      return `${status} ${text.replaceAll(install, '‹install›')}`;
    };
    expect(await showing(alpha['install'])).toBe(await showing(ghosts['install']));
    const owner = { name: 'the owner', cookie: world.alphaOwner.cookie };
    expect(await ask({ server }, { key: readOf('installs'), subject: owner }, alpha)).toMatchObject({ body: { total: 1 } });
  });

  it('cannot tell a release of another from none, by whatever it reads of one', async () => {
    const { server, alpha, oneEnvironment: subject } = world;
    const answerFor = async (key: Operation, release: string, query: string) => {
      const { status, text } = await ask({ server }, { key, subject }, { ...alpha, release, revision: '1' }, query);
      return `${status} ${text.replaceAll(release, '‹release›')}`.replace(/"requestId":"[^"]+"/, '');
    };
    const reads = reading.filter((key) => key.includes(':release'));
    expect(reads.length).toBeGreaterThan(3);
    for (const key of reads) {
      const query = key.endsWith('/differences') ? `?from=${alpha['release']}` : '';
      expect([key, await answerFor(key, '1.0.0-hidden', query)]).toEqual([key, await answerFor(key, '1.0.0-absent', query)]);
    }
    const between = readOf('releases/:release/differences');
    const from = (release: string) => ask({ server }, { key: between, subject }, alpha, `?from=${release}`);
    expect((await from('1.0.0-hidden')).status).toBe((await from('1.0.0-absent')).status);
  });

  it('cannot tell the history of another from that of none', async () => {
    const { server, alpha, oneEnvironment: subject } = world;
    const historyOf = async (environment = '') =>
      (await ask({ server }, { key: readOf('history'), subject }, alpha, `?environment=${environment}`)).text;
    expect(await historyOf(hidden)).toBe(await historyOf(ghosts['environment']));
  });
});

it('turns red when what is read of a project is not narrowed', async () => {
  vi.resetModules();
  vi.doMock(import('../../apps/server/src/changes/seen.ts'), async (original) => {
    const { environmentsRead } = await original();
    return { seenOf: (entry) => entry, environmentsRead: (state) => environmentsRead(state, () => true) };
  });
  const holed = await import('./world.ts')
    .then((anew) => anew.createWorld())
    .finally(() => vi.doUnmock('../../apps/server/src/changes/seen.ts'));
  const told = await telling(holed, holed.oneEnvironment);
  await holed.server.remove();
  expect(told).toEqual(expect.arrayContaining(whole.map(([path, query]) => `${readOf(path)}${query}`)));
});
