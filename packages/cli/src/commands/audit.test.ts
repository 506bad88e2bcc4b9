import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser, startServer } from '../cli.test-kit.ts';

const root = mkdtempSync(join(tmpdir(), 'taffrail-cli-audit-'));
const user = createUser({ PATH: process.env['PATH'] ?? '' });
let server: Awaited<ReturnType<typeof startServer>>;

const file = (path: string, text: string) => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
  return join(root, path);
};
const audit = (...args: string[]) => user.run(['audit', root, ...args]);
const manifestOf = (key: string) =>
  JSON.stringify({
    format: 1,
    flags: [{ key, type: 'boolean', defaults: [false], reads: [{ file: 'a.ts', line: 1, column: 1 }] }],
  });
const cut = (version: string, key: string, until: string) => {
  const args = ['--sha', 'abc1234', '--manifest', file(`${version}.json`, manifestOf(key)), '--supported-until', until];
  return user.run(['release', 'cut', version, ...args]);
};
const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);

beforeAll(async () => {
  server = await startServer();
  const login = `login ${server.link} --email ana@acme.example --name Ana --password - -p default -e production`;
  await user.run(login.split(' '), { input: 'correct horse\n' });
  await user.run(['flag', 'create', 'new-billing']);
  await user.run('flag create page-size --type number --variant small=10 large=100 --off small'.split(' '));
  await user.run(['flag', 'create', 'forgotten']);
  file('taffrail.audit.json', '{}');
  file(
    'src/a.ts',
    "import { createClient } from '@taffrail/node';\nexport const flags = createClient({});\nflags.isEnabled('new-billing');\n",
  );
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true });
});

describe('against a server', () => {
  it('says what is wrong, last of all what it came to, and exits with 0 while nothing fails', async () => {
    const { exitCode, out, err } = await audit();
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out.split('\n')).toEqual([
      'warning unused: Nothing reads the flag "forgotten".',
      'warning unused: Nothing reads the flag "page-size".',
      'passed: 2 warnings; 1 flag read at 1 place in 1 file',
      '',
    ]);
  });

  it('exits with 1 when something does', async () => {
    const path = file(
      'src/b.ts',
      "import { flags } from './a';\nflags.isEnabled('new-biling');\nflags.value('page-size', 25);\n",
    );
    const { exitCode, out } = await audit();
    expect(exitCode).toBe(1);
    expect(out).toContain('src/b.ts:2:17: error unknown: There is no flag "new-biling". Did you mean "new-billing"?\n');
    expect(out).toContain(
      'src/b.ts:3:13: warning default-differs: The code default of "page-size" is 25, but while it is off it serves 10.\n',
    );
    expect(lastLine(out)).toMatch(/^failed: 1 error, 2 warnings; /);
    rmSync(path);
  });

  it('tells it how often the code reads each flag, also those that nothing reads', async () => {
    const ran = await audit('--report', '--commit', 'abc1234');
    expect(ran).toMatchObject({
      exitCode: 0,
      err: expect.stringMatching(/^Reported to http.*, default, as main: 3 flags, 2 of which this code does not read\.\n$/),
    });
    const { out } = await user.run(['history', '--json']);
    expect(out).toContain('reads of main reported at abc123');
    expect(out).toContain('3 flags, 2 without any');
  });

  it('tells it whose code it was, and of reads that may be of any flag', async () => {
    const path = file('src/c.ts', "import { flags } from './a';\nflags.isEnabled(process.argv[2]);\n");
    const { err } = await audit('--report', '--source', 'web');
    expect(err).toContain('as web: 3 flags, 2 of which this code does not read; 1 of its reads may be of any flag');
    rmSync(path);
    const { out } = await user.run(['reads', 'list', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      reads: [
        { document: { key: 'main', dynamic: { reads: 0 } } },
        { document: { key: 'web', dynamic: { reads: 1, places: ['src/c.ts:2'] } } },
      ],
    });
    expect((await user.run(['reads', 'list'])).out).toMatch(/web +.* +3 +1 +1/);
    expect(await user.run(['reads', 'forget', 'web'])).toMatchObject({ exitCode: 0 });
    expect((await user.run(['reads', 'list'])).out).not.toContain('web');
  });

  it('tells it nothing of a folder without code', async () => {
    mkdirSync(join(root, 'empty'));
    const { exitCode, out } = await user.run(['audit', join(root, 'empty'), '--report']);
    expect({ exitCode, out }).toEqual({
      exitCode: 2,
      out: 'could not audit: There is no code here, so nothing was reported: name its folder.\n',
    });
    expect((await user.run(['history', '--json'])).out.match(/reads of \w+ reported/g)).toHaveLength(2);
  });
});

describe('flags that a supported release reads', () => {
  beforeAll(async () => {
    await user.run(['flag', 'create', 'shipped']);
    await cut('8.4.0', 'shipped', '2999-06-30');
    await cut('8.3.0', 'forgotten', 'never');
  });

  const gone = 'note gone-from-code: "shipped" is gone from the code, but 8.4.0 (supported until 2999-06-30) still reads it';

  it('are not unused, though they are gone from the code', async () => {
    const { exitCode, out } = await audit();
    expect({ exitCode, out }).toMatchObject({ exitCode: 0, out: expect.stringContaining(gone) });
    expect(out).toContain('note gone-from-code: "forgotten" is gone from the code, but 8.3.0 still reads it');
    expect(out).not.toMatch(/unused: .*"(shipped|forgotten)"/);
  });

  it('are an error once they are archived, until they are restored', async () => {
    await user.run(['flag', 'archive', 'shipped', '--accept', '--yes']);
    const { exitCode, out } = await audit();
    expect(exitCode).toBe(1);
    expect(out).toContain(
      'error archived-too-soon: "shipped" was archived, but 8.4.0 (supported until 2999-06-30) still reads it',
    );
    expect(out).not.toContain(gone);
    await user.run(['flag', 'restore', 'shipped', '--yes']);
    expect(await audit()).toMatchObject({ exitCode: 0, out: expect.stringContaining(gone) });
  });

  it('are told of by files, where no server is asked: a manifest, or what a server said', async () => {
    const shown = file('shown.json', (await user.run(['release', 'show', '8.4.0', '--json'])).out);
    expect((await audit('--offline', '--releases', shown, join(root, '8.3.0.json'))).out).toMatch(
      /"forgotten" is gone from the code, but 8\.3\.0 still reads it[^]*"shipped" is gone from the code, but 8\.4\.0 \(supported until/,
    );
  });

  it('are the business of their release alone once its support has ended', async () => {
    await user.run(['release', 'support', '8.4.0', '2020-01-01']);
    await user.run(['release', 'support', '8.3.0', '2020-01-01']);
    expect((await audit()).out).not.toContain('gone-from-code');
    for (const version of ['8.4.0', '8.3.0', 'shown']) rmSync(join(root, `${version}.json`));
    await user.run(['flag', 'archive', 'shipped', '--yes']);
  });
});

describe('what it writes', () => {
  it('is JSON, SARIF or annotations on standard output, with the last line where it is in nobody’s way', async () => {
    const json = await audit('--json');
    expect(JSON.parse(json.out)).toMatchObject({ state: 'passed', reads: [{ key: 'new-billing' }] });
    const sarif = await audit('--format', 'sarif');
    expect(JSON.parse(sarif.out)).toMatchObject({ version: '2.1.0' });
    for (const { err } of [json, sarif]) expect(err).toBe('passed: 2 warnings; 1 flag read at 1 place in 1 file\n');
    const { out } = await audit('--format', 'github');
    expect(out).toMatch(/^::warning title=taffrail audit%3A unused::.*\n.*\npassed: .*\n$/);
  });

  it('goes into files, and a manifest is what another audit can go by', async () => {
    const [sarif, manifest] = [join(root, 'out.sarif'), join(root, 'flags.json')];
    const { out } = await audit('--format', 'sarif', '--output', sarif, '--manifest', manifest);
    expect(lastLine(out)).toMatch(/^passed/);
    expect(JSON.parse(readFileSync(sarif, 'utf8'))).toHaveProperty('runs');
    expect(await audit('--against', manifest)).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^passed: no findings/m),
    });
    rmSync(sarif);
    rmSync(manifest);
  });
});

describe('without a server', () => {
  it('goes by an export', async () => {
    const path = join(root, 'flags.ndjson');
    await user.run(['export', path]);
    expect((await audit('--against', path)).out).toMatch(/unused: Nothing reads the flag "forgotten"/);
    rmSync(path);
  });

  it('checks what it can, and says what it cannot', async () => {
    const { out, exitCode } = await audit('--offline');
    expect(exitCode).toBe(0);
    expect(out).toContain(
      'Not checked, for want of what to judge by: unknown, wrong-type, expired, unused, gone-from-code, archived-too-soon, ownerless.\npassed: no findings;',
    );
  });

  it('says how to do without a server that does not answer, unless it is to be told', async () => {
    const env = { PATH: process.env['PATH'] ?? '', TAFFRAIL_URL: 'http://127.0.0.1:1', TAFFRAIL_TOKEN: 'tf_pat_x' };
    const alone = createUser({ ...env, TAFFRAIL_ORG: 'acme', TAFFRAIL_PROJECT: 'default' });
    const { exitCode, out } = await alone.run(['audit', root]);
    expect(exitCode).toBe(2);
    expect(lastLine(out)).toMatch(/^could not audit: .* Or audit without it: --against FILE .*, or --offline /);
    expect((await alone.run(['audit', root, '--report'])).out).not.toContain('--offline');
  });

  it('audits what is staged', async () => {
    execFileSync('git', ['init', '-q', root]);
    execFileSync('git', ['-C', root, 'add', '-A']);
    expect(await audit('--offline', '--staged')).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^passed: .*1 flag read at 1 place/m),
    });
  });
});

describe('where there can be no verdict, the last line says why and the exit code is 2', () => {
  it.each<[string, string[], RegExp]>([
    [
      'the settings are wrong',
      ['--config', 'bad.json'],
      /^could not audit: bad\.json:1:3: there is no field 'failOm' here; did you mean 'failOn'/,
    ],
    [
      'the server does not answer',
      ['--url', 'http://127.0.0.1:9'],
      /^could not audit: You are not logged in to http:\/\/127\.0\.0\.1:9/,
    ],
    [
      'there is no such file',
      ['--against', 'nowhere'],
      /^could not audit: There is no file nowhere\. Write it with "taffrail export nowhere"/,
    ],
    ['the file is something else', ['--against', 'bad.json'], /^could not audit: bad\.json: The snapshot was refused/],
    [
      'it is told of no release',
      ['--releases', 'bad.json'],
      /^could not audit: bad\.json is neither the manifest of a release nor/,
    ],
    ['a part should speak for all', ['--staged', '--report'], /^could not audit: What is staged is only a part/],
    ['nobody hears the report', ['--offline', '--report'], /^could not audit: --report needs the server/],
  ])('%s', async (_, args, line) => {
    file('bad.json', '{ "failOm": "error" }');
    const { exitCode, out, err } = await audit(...args.map((arg) => (arg === 'bad.json' ? join(root, arg) : arg)));
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: '' });
    expect(lastLine(out)?.replaceAll(`${root}/`, '')).toMatch(line);
  });

  it('nor is there a folder', async () => {
    const ran = await user.run(['audit', join(root, 'nowhere'), '--json']);
    expect(ran).toMatchObject({ exitCode: 2, err: expect.stringMatching(/^could not audit: There is no folder/) });
    expect(JSON.parse(ran.out)).toMatchObject({ state: 'could not audit' });
    expect(existsSync(join(root, 'nowhere'))).toBe(false);
  });
});
