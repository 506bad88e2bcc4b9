import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from './api.ts';
import { createUser, startServer } from './cli.test-kit.ts';

const user = createUser();
let server: Awaited<ReturnType<typeof startServer>>;
let exported = '';

const taffrail = (line: string, env: Record<string, string> = {}) => user.run(line.split(' '), { env });
const whyJson = async (line: string) => JSON.parse((await taffrail(`why ${line} --json`)).out);
const file = (name: string, ...lines: readonly string[]): string => {
  const path = join(user.home, name);
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''), { mode: 0o644 });
  return path;
};
const overrides = (name: string, ...entries: readonly string[]): string =>
  file(name, 'version: 1', 'overrides:', ...entries.map((entry) => `  - {${entry}}`));

beforeAll(async () => {
  server = await startServer();
  const login = `login ${server.link} --email ana@acme.example --name Ana --password - -p default -e production`;
  await user.run(login.split(' '), { input: 'correct horse\n' });
  for (const line of [
    'flag create base',
    'flag create new-ui',
    'flag create dead',
    'flag create page-size --type number --variant few=10 --variant many=50',
  ]) {
    await taffrail(line);
  }
  await taffrail('flag kill dead --reason broken');
  exported = join(user.home, 'snapshot');
  await taffrail(`export ${exported}`);
}, 30_000);
afterAll(() => server.close());

describe('override check', () => {
  it('passes a good file', async () => {
    const path = overrides('good.yaml', 'flag: new-ui, value: on, orgs: [berlin]');
    expect(await taffrail(`override check ${path} --export ${exported}`)).toEqual({
      exitCode: 0,
      out: `${path}: 1 override, 0 errors, 0 warnings\n`,
      err: '',
    });
  });

  it('says every mistake with its place, as lines and as JSON', async () => {
    const path = file('bad.yaml', 'version: 1', 'overrides:', '  - flag: new-ui', '    value: 8.10', '    ticket: 007');
    const problems = [
      [4, 12, 'YAML reads 8.10 as the number 8.1: write "8.10" in quotes if it is text, or 8.1 if it is the number'],
      [5, 13, 'YAML reads 007 as the number 7: write "007" in quotes if it is text, or 7 if it is the number'],
    ] as const;
    const lines = problems.map(([line, column, message]) => `${path}:${line}:${column}: error: ${message}`);
    expect(await taffrail(`override check ${path}`)).toEqual({
      exitCode: 1,
      out: [...lines, `${path}: 0 overrides, 2 errors, 0 warnings`, ''].join('\n'),
      err: '',
    });
    const asJson = await taffrail(`override check ${path} --json`);
    expect([asJson.exitCode, JSON.parse(asJson.out)]).toEqual([
      1,
      { file: path, overrides: 0, problems: problems.map(([line, column, message]) => ({ severity: 'error', file: path, line, column, message })) }, // prettier-ignore
    ]);
  });

  it('compares with the flags of an environment', async () => {
    const path = overrides('unfit.yaml', 'flag: nwe-ui, value: on', 'flag: page-size, value: "50"', 'flag: dead, value: on');
    const { exitCode, out } = await taffrail(`override check ${path} --export ${exported}`);
    expect(exitCode).toBe(1);
    expect(out.split('\n')).toEqual([
      `${path}:3:5: warning: there is no flag nwe-ui here; did you mean new-ui?`,
      `${path}:4:5: error: page-size serves a number, and this value is text`,
      `${path}:5:5: warning: dead was killed, and stays off until it is unlocked: take the override out`,
      `${path}: 3 overrides, 1 error, 2 warnings`,
      '',
    ]);
  });

  it('only warns of what has expired', async () => {
    const path = overrides('old.yaml', 'flag: new-ui, value: on, expires: 2020-01-31');
    expect(await taffrail(`override check ${path}`)).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining(
        `${path}:3:5: warning: the override of new-ui expired on 2020-01-31: take it out, or renew it`,
      ),
    });
  });

  it.each([
    ['there is no such file', '/gone/flags.yaml', '/gone/flags.yaml cannot be used: there is no such file.'],
    ['it is a folder', '/tmp', '/tmp cannot be used: this is a folder, not a file: name the file itself.'],
  ])('cannot begin where %s', async (_, path, sentence) => {
    expect(await taffrail(`override check ${path}`)).toEqual({ exitCode: 2, out: '', err: `${sentence}\n` });
  });

  it('says how to make the snapshot that it is to compare with', async () => {
    const path = overrides('good.yaml', 'flag: new-ui, value: on');
    expect(await taffrail(`override check ${path} --export ${path}`)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('Make one with "taffrail export FILE".'),
    });
  });
});

describe('why, for a site', () => {
  it('names the layer and the line that win, who wrote it, and what would be', async () => {
    const facts = 'reason: "pilot, agreed", ticket: SUP-1, set_by: j.doe, set_on: 2026-11-20, expires: 2099-01-31';
    const path = overrides(
      'why.yaml',
      `flag: new-ui, value: on, orgs: [berlin], ${facts}`,
      'flag: new-ui, value: on, orgs: [rome]',
    );
    const { out } = await taffrail(`why new-ui --org berlin --override ${path}`);
    expect(out).toContain('new-ui = ON for org berlin');
    expect(out).toContain(
      `decided by   override ${path}:3 → on, "pilot, agreed" (SUP-1, j.doe, 2026-11-20, until 2099-01-31)  <- decides`,
    );
    expect(out).toContain(`no effect    override ${path}:4: is for rome`);
    expect(out).toContain("would be     OFF by the environment's own rules (DISABLED)");
    expect(await whyJson(`new-ui --org berlin --override ${path}`)).toMatchObject({
      resolution: { value: true, flagMetadata: { layer: 'override', source: `${path}:3` } },
      site: {
        entries: [
          { standing: 'wins', line: 3 },
          { standing: 'not-for-this-org', line: 4 },
        ],
        without: { value: false },
      },
    });
  });

  it.each([
    ['expired', 'new-ui', 'value: on, expires: 2020-01-31', '', 'expired on 2020-01-31'],
    ['for another org', 'new-ui', 'value: on, orgs: [rome]', '', 'is for rome'],
    ['of another type', 'new-ui', 'value: 25', '', "25 is not of the flag's type"],
    ['beaten by a kill', 'dead', 'value: on', '', 'the flag was killed'],
    ['beaten by TAFFRAIL_OFF', 'new-ui', 'value: on', ' --off other,new-ui', 'TAFFRAIL_OFF turns the flag off'],
  ])('says that an entry is %s', async (_, flag, entry, more, words) => {
    const path = overrides('inert.yaml', `flag: ${flag}, ${entry}`);
    const { out } = await taffrail(`why ${flag} --org berlin --override ${path}${more}`);
    expect(out).toContain(`${flag} = OFF for org berlin`);
    expect(out).toContain(`no effect    override ${path}:3: ${words}`);
  });

  it('says what TAFFRAIL_OFF does', async () => {
    expect((await taffrail('why new-ui --org berlin --off new-ui')).out).toContain(
      'decided by   TAFFRAIL_OFF turns the flag off',
    );
  });

  it('warns that an overridden flag does not ask for what it needs', async () => {
    const config = JSON.parse(readFileSync(join(user.home, '.config/taffrail/config.json'), 'utf8'));
    const api = createApi({ url: server.url, token: config.profiles.default.token });
    const edit = { on: true, prerequisites: [{ flag: 'base', variants: ['on'] }] };
    await api.call('POST /orgs/:org/projects/:project/publish', {
      params: { org: 'default', project: 'default' },
      body: { edits: [{ environment: 'production', flag: 'new-ui', edit }] },
    });
    const path = overrides('skips.yaml', 'flag: new-ui, value: on, orgs: [berlin]');
    const whyFor = async (org: string) => (await taffrail(`why new-ui --org ${org} --override ${path}`)).out;
    expect(await whyFor('berlin')).toContain('mind         overridden, it does not ask for what it needs: base');
    expect(await whyFor('rome')).not.toContain('it does not ask');
  });

  it('does not answer with a file that an SDK would refuse', async () => {
    const path = overrides('refused.yaml', 'flag: new-ui');
    const { exitCode, err } = await taffrail(`why new-ui --org berlin --override ${path}`);
    expect(exitCode).toBe(2);
    expect(err).toMatch(new RegExp(`^${path} would be refused:\n${path}:3:5: error: value is missing`));
  });
});

describe('making an override file', () => {
  it('prints the schema that the package ships', async () => {
    const shipped = readFileSync(createRequire(import.meta.url).resolve('@taffrail/shipment/override.schema.json'), 'utf8');
    expect(JSON.parse((await taffrail('override schema')).out)).toEqual(JSON.parse(shipped));
  });

  it('takes over variables, and what it writes is good', async () => {
    const env = { TAFFRAIL_FLAG_NEW_UI: 'on', TAFFRAIL_FLAG_PAGE_SIZE: '50', TAFFRAIL_FLAG_TITLE: '8.10', OTHER: 'on' };
    const { out, exitCode } = await taffrail(`override from-env --export ${exported}`, env);
    expect(exitCode).toBe(0);
    expect(out).toContain('  - flag: "new-ui"\n    value: true\n    reason: "from TAFFRAIL_FLAG_NEW_UI"\n');
    expect(out).toContain('  - flag: "title"\n    value: "8.10"\n');
    const path = file('env.yaml', out);
    expect(await taffrail(`override check ${path}`)).toMatchObject({ exitCode: 0, out: expect.stringContaining('3 overrides') });
    expect(await taffrail('override from-env')).toMatchObject({ exitCode: 1, err: expect.stringContaining('TAFFRAIL_FLAG_') });
  });

  it('takes over lines of a Sentry configuration, the later of two', async () => {
    const path = file(
      'sentry.conf.py',
      'SENTRY_FEATURES["organizations:new-issues"] = False',
      "SENTRY_FEATURES['auth:register']=True  # for now",
      '# SENTRY_FEATURES["organizations:out"] = True',
      'SENTRY_FEATURES["organizations:new-issues"] = True',
    );
    const { out } = await taffrail(`override import-sentry ${path}`);
    expect(out.match(/flag: .*\n {4}value: .*/g)).toEqual([
      'flag: "organizations:new-issues"\n    value: true',
      'flag: "auth:register"\n    value: true',
    ]);
    expect(out).toContain(`reason: "from ${path}:4"`);
    expect(await taffrail(`override check ${file('from-sentry.yaml', out)}`)).toMatchObject({ exitCode: 0 });
  });
});
