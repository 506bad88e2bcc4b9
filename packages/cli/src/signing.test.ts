import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newKey, privateKeyIn, publicHalf } from '@taffrail/shipment/signed';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createApi } from './api.ts';
import { createUser, startServer } from './cli.test-kit.ts';
import { readProfiles } from './profiles.ts';
import { readPrivateKey } from './shipment-files.ts';
import { keepSigning } from './signer/keep-signing.ts';
import { readSignedBefore } from './signer/signed-before.ts';

const user = createUser();
const at = (name: string): string => join(user.home, name);
const text = (name: string): string => readFileSync(at(name), 'latin1');
let server: Awaited<ReturnType<typeof startServer>>;

const taffrail = (line: string, more: string[] = []) => user.run([...line.split(' '), ...more]);
const done = async (line: string, more: string[] = [], exitCode = 0) => {
  const ran = await taffrail(line, more);
  expect({ line, ...ran }).toMatchObject({ exitCode });
  return ran.out;
};
const backOut = (flag: string) =>
  done(`backout ${flag} --severity required --json`, ['--releases', '>=8', '--reason', 'rows are lost']);
const signer = () => `signer --key ${at('offline')}/vendor-1.pem --keyid vendor-1 --state ${at('signed.json')}`;
const unsigned = async () =>
  JSON.parse(await done('line list --json'))
    .lines[0].unsigned.map(nameOf)
    .sort();
const nameOf = ({ release, revision }: { release: string; revision: number }) => `${release} r${revision}`;

beforeAll(async () => {
  server = await startServer();
  const who = `--email ana@acme.example --name Ana --password - -p default`;
  await user.run(`login ${server.link} ${who}`.split(' '), { input: 'correct horse\n' });
  for (const key of ['avatars', 'stream']) await done(`flag create ${key}`);
  const reads = ['avatars', 'stream'].map((key) => ({ key, defaults: [false], reads: [{ file: 'a.ts', line: 1, column: 1 }] }));
  writeFileSync(at('flags.json'), JSON.stringify({ format: 1, flags: reads }));
  for (const version of ['8.4.0', '8.5.0']) await done(`release cut ${version} --sha 6ba0d4a --manifest ${at('flags.json')}`);
  await done(`keys init default --folder ${at('offline')}`);
}, 30_000);
afterAll(() => server.close());

describe('a key list', () => {
  it('is wanted before anybody signs', async () => {
    expect(await taffrail(`${signer()} --once`)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('The line main has no key list yet. Publish it with "taffrail keys publish".'),
    });
    expect(await done('line list')).toMatch(/main +2 +0 +none: taffrail keys publish +8\.\d\.0 r1, 8\.\d\.0 r1/);
  });

  it('is brought with whom to trust, and again by its file alone', async () => {
    expect(await done(`keys publish --folder ${at('offline')}`)).toContain('key list 1 published: vendor-1 signs');
    expect(await done(`keys publish --file ${at('offline')}/keys.json`)).toBe('Nothing to change: it is so already.\n');
    expect(await done('line list')).toMatch(/main +2 +0 +1 +vendor-1 /);
  });

  it.each(['', ` --folder ${at('offline')} --file ${at('offline')}/keys.json`])('is named one way%s', async (options) => {
    expect(await taffrail(`keys publish${options}`)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('either --folder'),
    });
  });
});

describe('a signer', () => {
  it('does not sign with a key that others may read, or another one', async () => {
    chmodSync(at('offline/vendor-1.pem'), 0o604);
    expect(await taffrail(`${signer()} --once`)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('is open to others'),
    });
    chmodSync(at('offline/vendor-1.pem'), 0o400);
    const other = `signer --key ${at('offline')}/vendor-1.pem --keyid vendor-2 --once`;
    expect((await taffrail(other)).err).toContain('Key list 1 of the line main does not let vendor-2 sign: it names vendor-1.');
    const ran = await taffrail(`signer --key ${at('offline')}/root.pem --keyid vendor-1 --once`);
    expect(ran.exitCode).toBe(1);
    expect(ran.out).toMatch(
      /^8\.\d\.0 r1 is not signed: the private key here is not the one that the key list names vendor-1: .*[^.]\.$/m,
    );
    expect(await unsigned()).toEqual(['8.4.0 r1', '8.5.0 r1']);
  });

  it('signs what waits, once, and notes it', async () => {
    expect((await done(`${signer()} --once`)).split('\n').sort()).toEqual([
      '',
      '8.4.0 r1 signed by vendor-1',
      '8.5.0 r1 signed by vendor-1',
    ]);
    expect(await done(`${signer()} --once`)).toBe('Nothing waits to be signed.\n');
    expect(await unsigned()).toEqual([]);
    expect(Object.keys(JSON.parse(text('signed.json'))).sort()).toEqual(['8.4.0', '8.5.0']);
  });

  it('signs no second payload of a revision, and tells the server, whose next one is another', async () => {
    await backOut('avatars');
    const digests = JSON.parse(text('signed.json'));
    const other = `sha256:${'0'.repeat(64)}`;
    writeFileSync(at('signed.json'), JSON.stringify({ ...digests, '8.4.0': { ...digests['8.4.0'], 2: other } }));
    const ran = await taffrail(`${signer()} --once`);
    expect(ran.exitCode).toBe(1);
    expect(ran.out).toContain(
      '8.4.0 r2 is not signed: another r2 was signed before, and the server forgot that one: decide it again.',
    );
    expect(ran.out).toContain('8.5.0 r2 signed by vendor-1');
    expect(await unsigned()).toEqual(['8.4.0 r2']);
    expect(await done('release list')).toContain('8.4.0: r2 has left the building');
    await done('backout resolve BO-1 --fixed-in 8');
    await done(`${signer()} --once`, [], 1);
    expect(await unsigned()).toEqual(['8.4.0 r2']);
    expect(await done('release show 8.4.0')).toMatch(/r4 .*signed by vendor-1 +BO-1 is lifted/);
  });

  it('tells the server what it forgot altogether', async () => {
    const digests = JSON.parse(text('signed.json'));
    writeFileSync(at('signed.json'), JSON.stringify({ ...digests, '8.5.0': { ...digests['8.5.0'], 9: 'sha256:' } }));
    await taffrail(`${signer()} --once`);
    expect(await done('release list')).toContain('8.5.0: r9 has left the building, and this server does not know it');
    expect(await done('release lost 8.5.0 r12')).toContain('The next revision is r14');
    writeFileSync(at('signed.json'), JSON.stringify(digests));
  });
});

/** The server as Ana reaches it. */
async function apiOf(signal?: AbortSignal) {
  const { profiles } = await readProfiles({ env: { HOME: user.home }, home: user.home });
  return createApi({ url: server.url, token: profiles['default']?.token, signal });
}

/** A signer that runs until the test ends, in this process. */
async function runningSigner(pollMs = 3_600_000) {
  const stop = new AbortController();
  const said: string[] = [];
  const api = await apiOf(stop.signal);
  const running = keepSigning({
    signing: {
      api,
      at: { org: 'default', project: 'default' },
      line: 'main',
      keyid: 'vendor-1',
      privateKey: await readPrivateKey(at('offline/vendor-1.pem')),
      before: await readSignedBefore(undefined),
      clock: () => new Date(),
    },
    streams: api,
    pollMs,
    say: (line) => void said.push(line),
    signal: stop.signal,
  });
  onTestFinished(async () => {
    stop.abort();
    await running;
  });
  return said;
}

describe('a signer that keeps running', () => {
  it('signs a back-out as soon as it is made, without looking for it', async () => {
    const said = await runningSigner();
    await vi.waitFor(async () => expect(await unsigned()).toEqual([]));
    await backOut('stream');
    await vi.waitFor(
      () => expect(said.slice(-2).sort()).toEqual(['8.4.0 r5 signed by vendor-1', '8.5.0 r14 signed by vendor-1']),
      5_000,
    );
    expect(await unsigned()).toEqual([]);
  });
});

const verify = (file: string, keys: string, trust: string) =>
  done(`shipment verify ${file} --keys ${keys} --trust ${trust} --json`).then((out) => JSON.parse(out));

it('a signer makes its key where it runs, and only the public half goes to the root', async () => {
  const pair = `keys pair ${at('signer/vendor-2.pem')}`;
  const half = (await done(pair)).trim();
  expect(half).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  expect(statSync(at('signer/vendor-2.pem')).mode & 0o777).toBe(0o600);
  expect(await taffrail(pair)).toMatchObject({ exitCode: 2, err: expect.stringContaining('is there already') });
  await done(`keys init default --folder ${at('other')} --keyid vendor-2 --public-key ${half}`);
  await done(`release payload 8.4.0 ${at('payload-4')}`);
  await done(`shipment sign ${at('payload-4')} --key ${at('signer/vendor-2.pem')} --keyid vendor-2 --output ${at('by-2')}`);
  await done(`shipment verify ${at('by-2')} --keys ${at('other/keys.json')} --trust ${at('other/trust.json')}`);
});

describe('an export', () => {
  it('writes what the package of a release carries, and again', async () => {
    const line = `shipment export 8.4.0 --package ${at('package')}`;
    expect(await done(line)).toMatch(/shipment\.json: 8\.4\.0 r5, sha256:/);
    const inPackage = (name: string) => at(`package/${name}.json`);
    expect(await verify(inPackage('shipment'), inPackage('keys'), inPackage('trust'))).toMatchObject({
      release: '8.4.0',
      revision: 5,
    });
    expect(text('package/keys.json')).toBe(text('offline/keys.json'));
    expect(statSync(inPackage('shipment')).mode & 0o777).toBe(0o644);
    expect(await done(line)).toContain('8.4.0 r5');
  });

  it('takes no other root from a server than the package has', async () => {
    const folder = at('pinned');
    const pinned = text('package/trust.json').replace(
      /"publicKey":"[^"]+"/,
      `"publicKey":"${publicHalf(privateKeyIn(newKey()))}"`,
    );
    mkdirSync(folder);
    writeFileSync(join(folder, 'trust.json'), pinned);
    const ran = await taffrail(`shipment export 8.4.0 --package ${folder}`);
    expect(ran).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining(`${folder}/trust.json trusts others than the server`),
    });
    expect([readdirSync(folder), text('pinned/trust.json')]).toEqual([['trust.json'], pinned]);
  });

  it('writes a revision to a file that is not there yet, or to standard output', async () => {
    const line = `shipment export 8.4.0 --revision 1 --output ${at('r1.json')}`;
    const ran = await taffrail(line);
    expect(ran).toMatchObject({ exitCode: 0, err: expect.stringContaining('It is not the last revision of 8.4.0') });
    expect(await verify(at('r1.json'), at('offline/keys.json'), at('offline/trust.json'))).toMatchObject({ revision: 1 });
    expect(await taffrail(line)).toMatchObject({ exitCode: 2, err: expect.stringContaining('is there already') });
    expect(await done('shipment export 8.4.0 --revision 1')).toBe(text('r1.json'));
  });

  it('notes that somebody carries it to an install', async () => {
    const api = await apiOf();
    const params = { org: 'default', project: 'default' };
    const installs = '/orgs/:org/projects/:project/installs';
    await api.call(`POST ${installs}`, { params, body: { key: 'globex', name: 'Globex', connection: 'air-gapped' } });
    await done(`shipment export 8.4.0 --output ${at('globex.json')} --install globex`);
    const { row } = await api.call(`GET ${installs}/:install`, { params: { ...params, install: 'globex' } });
    expect(row.carried).toMatchObject({ release: '8.4.0', revision: 5, by: 'Ana' });
    expect(await done('line list')).toMatch(/main +2 +1 /);
  });

  it('says what to do where nothing is signed, and waits for it if it is told to', async () => {
    await done(`release cut 8.6.0 --sha 6ba0d4a --manifest ${at('flags.json')}`);
    expect(await taffrail('shipment export 8.6.0')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('No revision of 8.6.0 is signed yet. Run "taffrail signer" where the key is'),
    });
    const waiting = done(`shipment export 8.6.0 --wait 20 --package ${at('later')}`);
    await done(`${signer()} --once`);
    expect(await waiting).toContain('8.6.0 r1');
  });

  it('is brought back by hand, if it was signed by hand', async () => {
    const { err } = await taffrail(`release cut 8.7.0 --sha 6ba0d4a --manifest ${at('flags.json')}`);
    expect(err).toContain('8.7.0 r1 not signed yet: no site gets it until a signer signs');
    await done(`release payload 8.7.0 ${at('payload')}`);
    await done(`shipment sign ${at('payload')} --key ${at('offline')}/vendor-1.pem --keyid vendor-1 --output ${at('signed')}`);
    expect(await done(`shipment publish ${at('signed')}`)).toContain('r1 signed by vendor-1');
    expect(await done('shipment export 8.7.0')).toBe(text('signed'));
    writeFileSync(at('broken'), text('signed').replace('"sig":"', '"sig":"AAAA'));
    expect(await taffrail(`shipment publish ${at('broken')}`)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('NOT_AN_ENVELOPE'),
    });
  });
});

it('a signer goes on through an outage, says so once, and that it is over', { timeout: 30_000 }, async () => {
  const said = await runningSigner(100);
  const { port } = new URL(server.url);
  await server.stop();
  await vi.waitFor(() => expect(said).toEqual([expect.stringContaining(server.url)]), 10_000);
  server = await startServer({ port, dataFolder: server.dataFolder });
  await vi.waitFor(() => expect(said.slice(1)).toEqual(['Signing again for default, line main.']), 10_000);
  const cut = await taffrail(`release cut 8.8.0 --sha 6ba0d4a --manifest ${at('flags.json')}`);
  expect(cut).toMatchObject({ exitCode: 0, err: expect.not.stringContaining('not signed yet') });
  await vi.waitFor(() => expect(said.slice(2)).toEqual(['8.8.0 r1 signed by vendor-1']), 10_000);
});
