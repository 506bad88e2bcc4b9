import { contracts, type Contract, type Operation } from '@taffrail/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storedColumns, storedDigest } from '../../apps/server/src/testing/stored-digest.ts';
import { samples } from './samples.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.server.remove());

/** What somebody would try beside the names of columns. */
const tried = [
  'orgId',
  'organizationId',
  'role',
  'isOwner',
  'isSystem',
  'admin',
  'createdBy',
  'updatedAt',
  'locked',
  '__proto__',
  'constructor',
];
const rows = Object.entries(contracts) as [Operation, Contract][];
const taking = rows.filter(([, { body }]) => body !== undefined);

test.each(taking)('%s takes no field that is not its own', async (key, { body: schema }) => {
  const known = new Set(Object.keys((schema as { properties: object }).properties));
  const strange = [...storedColumns(world.server.folder), ...tried].filter((name) => !known.has(name)).slice(0, 45);
  const added = Object.fromEntries(strange.map((name) => [name, 'x']));
  const sample = JSON.stringify({ ...(samples[key]?.('mass') as object), ...added });
  const before = storedDigest(world.server.folder);
  const [method = '', path = ''] = key.split(' ');
  const address = path.replace(/:(\w+)/g, (_, name: string) => world.alpha[name] ?? '');
  const answer = await world.server.send<{ code: string; mistakes: { at: string }[] }>(method, `/api/v1${address}`, {
    cookie: world.alphaOwner.cookie,
    body: sample,
  });
  expect(answer.body).toMatchObject({ code: 'INVALID' });
  expect(answer.body.mistakes.map(({ at }) => at)).toEqual(
    expect.arrayContaining(Object.keys(added).map((name) => `/body/${name}`)),
  );
  expect(storedDigest(world.server.folder)).toBe(before);
});
