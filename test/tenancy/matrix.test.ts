import { contracts } from '@taffrail/schema';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { forgetOrganizations } from '../../apps/server/src/testing/planted-hole.ts';
import { judge } from './matrix.ts';
import { samples } from './samples.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.server.remove());

test('what one may not see is not there, byte for byte, and nobody changes it', async () => {
  const { compared, subjects, leaks } = await judge(world);
  console.log(
    `${Object.keys(contracts).length} routes, ${subjects} callers, ${compared} pairs of answers compared, ${leaks.length} differ`,
  );
  expect(leaks).toEqual([]);
  expect(compared).toBeGreaterThan(700);
});

describe('the matrix itself', () => {
  it('has a body for every route that takes one', () => {
    const taking = Object.entries(contracts).filter(([, contract]) => 'body' in contract);
    expect(Object.keys(samples).sort()).toEqual(taking.map(([key]) => key).sort());
  });

  it('turns red when one query forgets the organization', async () => {
    const restore = forgetOrganizations();
    const holed = await createWorld().finally(restore);
    const { leaks } = await judge(holed);
    await holed.server.remove();
    console.log(`a hole in one query: ${leaks.length} leaks, such as ${leaks[0]}`);
    expect(leaks.length).toBeGreaterThan(50);
  });
});

describe('ids in bodies', () => {
  const ours = '/orgs/beta/projects/walrus-p';
  it.each<[string, string, string, (id: string) => object, alphas: string, absent: string]>([
    ['an organization', 'POST', '/session/tokens', (organization) => ({ organization, name: 'x' }), 'alpha', 'zz-absent-org'],
    [
      'a project in a grant',
      'POST',
      '/orgs/beta/tokens',
      (project) => ({ name: 'x', grants: [{ role: 'viewer', project }] }),
      'kumquat-p',
      'zz-absent-project',
    ],
    [
      'a project in an invitation',
      'POST',
      '/orgs/beta/invitations',
      (project) => ({ email: 'a@example.org', grants: [{ role: 'viewer', project }] }),
      'kumquat-p',
      'zz-absent-project',
    ],
    [
      'an environment of an edit',
      'POST',
      `${ours}/publish`,
      (environment) => ({ edits: [{ environment, flag: 'walrus-f', edit: { on: false } }] }),
      'kumquat-e',
      'zz-absent-environment',
    ],
    [
      'a flag of an edit',
      'POST',
      `${ours}/publish`,
      (flag) => ({ edits: [{ environment: 'walrus-e', flag, edit: { on: false } }] }),
      'kumquat-f',
      'zz-absent-flag',
    ],
    [
      'an environment to copy from',
      'POST',
      `${ours}/environments/walrus-e/copy`,
      (from) => ({ from }),
      'kumquat-e',
      'zz-absent-environment',
    ],
    [
      'a flag of a prerequisite',
      'POST',
      `${ours}/publish`,
      (flag) => ({
        edits: [{ environment: 'walrus-e', flag: 'walrus-f', edit: { prerequisites: [{ flag, variants: ['on'] }] } }],
      }),
      'kumquat-f',
      'zz-absent-flag',
    ],
    [
      'a segment of a rule',
      'POST',
      `${ours}/publish`,
      (segment) => ({
        edits: [
          {
            environment: 'walrus-e',
            flag: 'walrus-f',
            edit: { rules: [{ id: 'r', when: { segment }, serve: { variant: 'on' } }] },
          },
        ],
      }),
      'kumquat-s',
      'zz-absent-segment',
    ],
  ])('%s', async (_, method, path, body, alphas, absent) => {
    const ask = async (id: string) => {
      const { status, text } = await world.server.send(method, `/api/v1${path}`, {
        cookie: world.betaOwner.cookie,
        body: body(id),
      });
      return `${status} ${text.replaceAll(id, '‹id›')}`;
    };
    const answer = await ask(alphas);
    expect(answer).toMatch(/^4/);
    expect(answer).toBe(await ask(absent));
  });
});

test('an install key opens the line of its own project and no other', async () => {
  const body = { name: 'matrix' };
  const place = '/api/v1/orgs/alpha/projects/kumquat-p/installs/kumquat-i/keys';
  const { cookie } = world.alphaOwner;
  const { secret: token } = (await world.server.send<{ secret: string }>('POST', place, { cookie, body })).body;
  const ask = async (line: string, release: string) => {
    const { status, text } = await world.server.send('GET', `/install/v1/shipments/${line}?release=${release}`, { token });
    return `${status} ${text.replaceAll(line, '‹line›')}`;
  };
  expect(await ask('kumquat-l', '1.0.0-kumquat')).toMatch(/^200 {"keys":/);
  expect(await ask('kumquat-l', '1.0.0-walrus')).toBe(await ask('kumquat-l', '0.0.0-absent'));
  expect(await ask('walrus-l', '1.0.0-walrus')).toMatch(/^403/);
  expect(await ask('walrus-l', '1.0.0-walrus')).toBe(await ask('zz-absent-line', '1.0.0-walrus'));
});

test('an SDK key opens its own environment and no other', async () => {
  const key = async (cookie: string, place: string) => {
    const body = { kind: 'server', name: 'matrix' };
    return (await world.server.send<{ secret: string }>('POST', `/api/v1/orgs/${place}/keys`, { cookie, body })).body.secret;
  };
  const snapshot = async (token: string) => (await world.server.send('GET', '/sdk/v1/snapshot', { token })).text;
  const alphas = await snapshot(await key(world.alphaOwner.cookie, 'alpha/projects/kumquat-p/environments/kumquat-e'));
  const betas = await snapshot(await key(world.betaOwner.cookie, 'beta/projects/walrus-p/environments/walrus-e'));
  expect([alphas.includes('kumquat-f'), alphas.includes('walrus')]).toEqual([true, false]);
  expect([betas.includes('walrus-f'), betas.includes('kumquat')]).toEqual([true, false]);
});
