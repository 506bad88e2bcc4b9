import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createUser, startServer } from './cli.test-kit.ts';

const user = createUser();
const declared = join(user.home, 'flags.d.ts');
let server: Awaited<ReturnType<typeof startServer>>;
const taffrail = (line: string) => user.run(line.split(' '));

beforeAll(async () => {
  server = await startServer();
  const login = `login ${server.link} --email ana@acme.example --name Ana --password - -p default -e production`;
  await user.run(login.split(' '), { input: 'correct horse\n' });
  await taffrail('flag create new-list');
  await taffrail('flag create page-size --type number --variant few=10 --variant many=50');
}, 30_000);
afterAll(() => server.close());

it('writes the flags of an environment', async () => {
  expect(await taffrail(`codegen ${declared}`)).toEqual({ exitCode: 0, out: `${declared}: 2 flags\n`, err: '' });
  expect(readFileSync(declared, 'utf8')).toContain('    "new-list": boolean;\n    "page-size": number;\n');
  expect((await taffrail('codegen')).out).toBe(readFileSync(declared, 'utf8'));
});

it('says in CI when a file is out of date, and leaves it alone', async () => {
  await taffrail(`codegen ${declared}`);
  expect(await taffrail(`codegen ${declared} --check`)).toMatchObject({ exitCode: 0 });
  await taffrail('flag create later');
  const before = readFileSync(declared, 'utf8');
  expect(await taffrail(`codegen ${declared} --check`)).toMatchObject({
    exitCode: 1,
    out: `${declared} is out of date: write it again with taffrail codegen.\n`,
  });
  expect(readFileSync(declared, 'utf8')).toBe(before);
});

it('needs no server for what an audit found', async () => {
  const manifest = join(user.home, 'manifest.json');
  const reads = [{ file: 'a.ts', line: 1, column: 1 }];
  const flags = [
    { key: 'b', type: 'boolean', defaults: [false], reads },
    { key: 'a', defaults: ['x', 'y'], reads },
  ];
  writeFileSync(manifest, JSON.stringify({ format: 1, flags }));
  const { out } = await createUser().run(['codegen', '--manifest', manifest]);
  expect(out).toContain('    "a": string;\n    "b": boolean;\n');
});

it('takes one source, and names what it cannot read', async () => {
  expect((await taffrail('codegen --manifest a.json --shipment b.json')).err).toContain('Name a manifest or a shipment');
  expect((await taffrail('codegen --shipment no-such-file.json')).err).toContain(
    'no-such-file.json cannot be read: there is no such file.',
  );
  expect((await taffrail('codegen --check')).err).toContain('Name the file that is to be checked');
});
