import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser, startServer, type Circumstances } from './cli.test-kit.ts';

const user = createUser();
let server: Awaited<ReturnType<typeof startServer>>;

/** Runs a command line; words with spaces go in as they are, by `more`. */
const taffrail = (line: string, more: string[] = [], circumstances: Circumstances = {}) =>
  user.run([...line.split(' '), ...more], circumstances);
const done = async (line: string, more: string[] = []) => {
  const ran = await taffrail(line, more);
  expect({ line, ...ran }).toMatchObject({ exitCode: 0 });
  return ran.out;
};

const manifest = join(user.home, 'flags.json');
const readBy = (...keys: string[]) => ({
  format: 1,
  flags: keys.map((key) => ({ key, type: 'boolean', defaults: [false], reads: [{ file: 'a.ts', line: 1, column: 1 }] })),
});
const cutLine = (version: string, sha = '6ba0d4a') => `release cut ${version} --sha ${sha} --manifest ${manifest}`;
const range = ['--releases', '>=8.4 <8.6'];

beforeAll(async () => {
  server = await startServer();
  const who = `--email ana@acme.example --name Ana --password - -p default`;
  await taffrail(`login ${server.link} ${who}`, [], { input: 'correct horse\n' });
  for (const key of ['avatars', 'stream']) await done(`flag create ${key}`);
  await done('flag rollout avatars 100 -e production --yes');
  await done('flag rollout stream 10 -e production --yes');
  writeFileSync(manifest, JSON.stringify(readBy('avatars', 'stream')));
}, 30_000);
afterAll(() => server.close());

describe('a release', () => {
  it('is cut from a manifest of the audit, dated by its tag, after saying what ships dark', async () => {
    const flags = '  on: avatars\n  dark: stream\n';
    expect(await done(`${cutLine('8.4.0')} --preview`)).toContain(flags);
    const ran = await taffrail(`${cutLine('8.4.0')} --date 2026-03-02T10:00:00+01:00 --supported-until never`);
    expect(ran).toMatchObject({ exitCode: 0, out: expect.stringContaining('2 flags, 1 on, 1 dark, r1 issued') });
    expect(ran.out).toContain(flags);
    expect(ran.err).toBe(
      'mind: On hosted and not ga, so dark in this release: stream (10 % of org).\n' +
        '8.4.0 r1 not signed yet: no site gets it until a signer signs: taffrail signer, or shipment sign and publish\n',
    );
    expect(await done('release show 8.4.0')).toContain('2026-03-02 09:00Z Ana, as production was');
  });

  it('is cut once, and changes no more', async () => {
    const [{ shipments: first }, again] = [JSON.parse(await done('release show 8.4.0 --json')), await done(cutLine('8.4.0'))];
    expect(again).toBe('Nothing to change: it is so already.\n');
    expect(JSON.parse(await done('release show 8.4.0 --json')).shipments).toEqual(first);
    expect(await taffrail(cutLine('8.4.0', 'fffffff'))).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('with another commit. A release never changes'),
    });
  });

  it.each([
    ['what is no JSON', 'flags:', 'it is no JSON, or only a part of it. Write one'],
    ['an export', '{"format":1,"origin":{}}', '/flags is missing. Write one'],
  ])('is not cut from %s', async (_, text, why) => {
    const file = join(user.home, 'other');
    writeFileSync(file, text);
    expect(await taffrail(`release cut 9.0.0 --sha abc1234 --manifest ${file}`)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining(`is no manifest of an audit: ${why}`),
    });
    expect(await done('release list')).not.toContain('9.0.0');
  });

  it.each(['zzz', 'main', 'abc123', 'f'.repeat(65)])('is not cut from %s, which is no commit', async (sha) => {
    expect(await taffrail(cutLine('9.0.0', sha))).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining(`"${sha}" is no commit. It has 7 to 64 hexadecimal digits`),
    });
    expect(await done('release list')).not.toContain('9.0.0');
  });

  it('takes a policy along that somebody gave a reason for', async () => {
    expect(await taffrail('flag onprem stream on')).toMatchObject({ exitCode: 2, err: expect.stringContaining('--reason') });
    expect(await taffrail('flag onprem stream half --reason x')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('on, opt-in, rules, dark'),
    });
    const said = await done('flag onprem stream on --reason paid', range);
    expect(said).toContain('stream: in releases dark until it is ga → on for everybody (>=8.4 <8.6)');
    await done(cutLine('8.5.0'));
    expect(await done('flag onprem stream dark')).toContain('→ dark until it is ga');
    await done(cutLine('8.6.0'));
    expect(await done('flag releases stream')).toMatch(
      /8\.6\.0 +off \(dark\) +dark +until further notice\n8\.5\.0 +on +onprem:on/,
    );
  });

  it('gives the very text that is signed, to a file or to a pipe', async () => {
    const file = join(user.home, 'payload.json');
    const { shipments } = JSON.parse(await done('release show 8.4.0 --json'));
    expect(await done(`release payload 8.4.0 ${file}`)).toContain(`8.4.0 r1, ${shipments[0].digest}`);
    expect(`sha256:${createHash('sha256').update(readFileSync(file)).digest('hex')}`).toBe(shipments[0].digest);
    expect(await done('release payload 8.4.0 --revision 1')).toBe(readFileSync(file, 'utf8'));
    expect(await taffrail('release payload 8.4.0 --revision 7')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('no shipment r7'),
    });
  });

  it('is compared with another', async () => {
    expect(await done('release diff 8.4.0 8.5.0')).toBe('changed  stream  off (dark) → on\n1 flag is the same.\n');
    writeFileSync(manifest, JSON.stringify(readBy('stream')));
    await done(cutLine('8.7.0'));
    expect(await done('release diff 8.5.0 8.7.0')).toContain('loses    avatars  was on');
    expect(await done('release show 8.7.0')).toMatch(/avatars +gone since 8\.7\.0 +always on/);
  });
});

describe('a back-out', () => {
  it('wants a reason, a range and a severity', async () => {
    expect(await taffrail('backout stream --severity required', range)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('--reason'),
    });
    expect(await taffrail('backout stream --severity required --reason x')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('--releases'),
    });
    expect(await taffrail('backout stream --severity bad --reason x', range)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('advisory or required'),
    });
    expect(await taffrail('backout nothing --severity required --reason x', range)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('There is no flag and no feature "nothing" in default.'),
    });
    expect((await taffrail('backout straem --severity required --reason x', range)).err).toContain('Did you mean "stream"?');
  });

  it('is previewed, and then reaches the releases that have the flag', async () => {
    const line = 'backout stream --severity required --reason';
    const words = 'BO-1 (required) turns stream off';
    expect(await done(`${line} lost --preview`, range)).toContain(`8.5.0: r2 issued: ${words}`);
    expect(await done('backout list')).toBe('No back-outs.\n');
    expect(await done(`${line} lost`, range)).toContain(`8.4.0: r2 issued: ${words}`);
    expect(await done('backout list --open')).toMatch(
      /BO-1 +stream +>=8\.4 <8\.6 +required +open +8\.5\.0 r2, 8\.4\.0 r2|8\.4\.0 r2, 8\.5\.0 r2/,
    );
    expect(await done('release list')).toMatch(/8\.6\.0 .* r1 /);
  });

  it('is resolved, and the releases that have the fix are free of it', async () => {
    expect(await done('backout resolve BO-1 --fixed-in 8.5.0')).toContain('8.5.0: r3 issued: BO-1 is lifted');
    expect(await done('release show 8.4.0')).toMatch(/stream +off \(BO-1\) +dark/);
    expect(await done('release show 8.5.0')).toMatch(/stream +on +onprem:on/);
    expect(await done('backout list --open')).toMatch(
      /BO-1 .* required +fixed in 8\.5\.0, still in force in 8\.4\.0 +8\.4\.0 r2 /,
    );
  });

  it('is not resolved by a slip: a version beyond all releases wants a yes', async () => {
    const line = 'backout resolve BO-1 --fixed-in 99.0';
    const why = 'There is no release 99.0, and the newest is 8.7.0: every release stays as it is.';
    expect(await taffrail(line)).toMatchObject({ exitCode: 2, err: expect.stringContaining(`${why} Repeat it with --yes`) });
    const declined = await taffrail(line, [], { replies: ['n'] });
    expect(declined.err).toContain(`${why} Is that meant? [y/N] `);
    expect(await done('backout list')).not.toContain('99.0');
    const { exitCode, err } = await taffrail(`${line} --yes`);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: expect.stringMatching(/^mind: No shipment changes by it now/) });
    expect(await taffrail('backout resolve BO-1 --fixed-in 99.0')).toMatchObject({ exitCode: 0, err: '' });
  });

  it('is over when no supported release carries it', async () => {
    await done('release support 8.4.0 2020-01-01');
    expect(await done('backout list --open')).toBe('No back-outs.\n');
    expect(await done('backout list')).toMatch(/required +over: fixed in 8\.5\.0, 99\.0 +8\.4\.0 r2/);
    await done('release support 8.4.0 never');
    expect(await done('backout list --open')).toContain('still in force in 8.4.0');
  });

  it('of a feature names all its flags', async () => {
    await done('feature create pictures --flags avatars');
    expect(await done('backout pictures --releases <8.6 --severity advisory --reason slow --json')).toContain('"BO-2"');
    expect(await done('flag releases avatars')).toMatch(/8\.4\.0 +off \(BO-2\)/);
  });
});

it('a flag that a supported release reads is archived by who takes the risk, or when support has ended', async () => {
  await done('feature archive pictures');
  const refused = await taffrail('flag archive avatars');
  expect(refused).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('Supported releases still read avatars: 8.4.0, 8.5.0, 8.6.0'),
  });
  for (const version of ['8.5.0', '8.6.0']) await done(`release support ${version} 2020-01-01`);
  expect(await done('release list --supported')).not.toContain('8.6.0');
  expect(await done('flag archive avatars --accept')).toContain('accepted that supported releases still read it: 8.4.0');
});
