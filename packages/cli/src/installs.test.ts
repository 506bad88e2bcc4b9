import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser, startServer, type Circumstances } from './cli.test-kit.ts';

const user = createUser();
let server: Awaited<ReturnType<typeof startServer>>;

const taffrail = (line: string, more: string[] = [], circumstances: Circumstances = {}) =>
  user.run([...line.split(' '), ...more], circumstances);
const done = async (line: string, more: string[] = []) => {
  const ran = await taffrail(line, more);
  expect({ line, ...ran }).toMatchObject({ exitCode: 0 });
  return ran.out;
};

beforeAll(async () => {
  server = await startServer();
  const who = `--email ana@acme.example --name Ana --password - -p default`;
  await taffrail(`login ${server.link} ${who}`, [], { input: 'correct horse\n' });
  await done('flag create ui');
  await done('flag rollout ui 100 -e production --yes');
  const manifest = join(user.home, 'flags.json');
  const flags = [{ key: 'ui', type: 'boolean', defaults: [false], reads: [{ file: 'a.ts', line: 1, column: 1 }] }];
  writeFileSync(manifest, JSON.stringify({ format: 1, flags }));
  await done(`release cut 8.4.0 --sha abc1234 --manifest ${manifest}`);
}, 30_000);
afterAll(() => server.close());

/** A site says that the first shipment is in force there. */
async function acknowledge(secret: string): Promise<void> {
  const { shipments } = JSON.parse(await done('release show 8.4.0 --json'));
  const said = { revision: 1, digest: shipments[0].digest, appliedAt: '2026-12-01T00:00:00Z' };
  const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' };
  const answer = await fetch(`${server.url}/install/v1/acks`, { method: 'POST', headers, body: JSON.stringify(said) });
  expect(answer.status).toBe(200);
}

describe('an install', () => {
  it('is created, gets a key that is shown once, and is seen with what it says', async () => {
    expect(await done('install list')).toBe('No installs.\n');
    await done('install create globex', ['--name', 'Globex, Berlin']);
    const key = await taffrail('install key create globex');
    expect(key).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^tf_ins_\S+\n$/),
      err: expect.stringContaining('keep it'),
    });
    expect(await done('install show globex')).toContain('silent');
    await acknowledge(key.out.trim());
    expect(await done('install list')).toMatch(/globex +Globex, Berlin +main +current +8\.4\.0 r1/);
    expect(await done('install show globex')).toContain('8.4.0 r1');
    expect(JSON.parse(await done('install list --json'))).toMatchObject({ total: 1, installs: [{ runs: { release: '8.4.0' } }] });
    expect(await done('install list --standing behind')).toBe('No installs.\n');
  });

  it('is edited, retired and brought back', async () => {
    expect(await done('install edit globex --connection air-gapped')).toContain('connected → air-gapped');
    expect(await done('install retire globex')).toContain('its keys are good no more');
    expect(await done('install list')).toBe('No installs.\n');
    expect(await done('install list --retired')).toContain('globex');
    expect(await done('install retire globex --undo')).toContain('brought back');
    expect(await done('install edit globex --connection connected')).toContain('air-gapped → connected');
  });

  it('has keys that are revoked', async () => {
    const { keys } = JSON.parse(await done('install show globex --json'));
    expect(await done(`install key revoke globex ${keys[0].id}`)).toContain('revoked');
    expect(await done('install show globex')).toMatch(/revoked \d{4}-/);
  });

  it('is handed only what was signed', async () => {
    expect(await taffrail('install carried globex 8.4.0 --revision 1')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('Nobody has signed 8.4.0 r1'),
    });
  });

  it.each([
    ['install list --standing gone', 'is no standing'],
    ['install edit globex --connection pigeon', 'is no connection'],
    ['install list --limit many', 'no whole number'],
  ])('wants what there is: %s', async (line, said) => {
    expect(await taffrail(line)).toMatchObject({ exitCode: 2, err: expect.stringContaining(said) });
  });
});

describe('a back-out', () => {
  const decision = ['--releases', '>=8.4', '--severity', 'required', '--reason', 'rows are lost'];

  it('names the installs that it reaches before it is made, and tells how far it has come', async () => {
    expect(await done('backout ui --preview', decision)).toContain('8.4.0 r2 → 1 install: “Globex, Berlin”');
    await done('backout ui', decision);
    expect(await done('backout progress BO-1')).toContain('0 of 1 installs have it.');
    expect(JSON.parse(await done('backout progress BO-1 --json'))).toMatchObject({
      concerned: 1,
      applied: 0,
      waiting: [{ install: 'globex' }],
    });
  });
});
