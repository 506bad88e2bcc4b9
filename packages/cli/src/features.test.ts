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

beforeAll(async () => {
  server = await startServer();
  const who = `--email ana@acme.example --name Ana --password - -p default -e production`;
  await taffrail(`login ${server.link} ${who}`, [], { input: 'correct horse\n' });
  const csv = ['key,plan', 'acme,team', 'berlin,team', 'cobalt,free', 'dune,free'].join('\n');
  await taffrail('context import - --kind org', [], { input: csv });
}, 30_000);
afterAll(() => server.close());

describe('a feature', () => {
  it('is created dark, with its flags if asked to', async () => {
    const line = 'feature create stream --flags list,list-api --owner issues --expires 60d';
    const refused = await taffrail(line);
    expect(refused).toMatchObject({ exitCode: 1, err: expect.stringContaining('createFlags') });
    expect(await done(`${line} --create-flags`)).toContain('stream: feature created of list, list-api');
    expect(await done('flag list')).toMatch(/list-api +off +off +off +issues/);
  });

  it('is refused by a gate with all that is to be done', async () => {
    const refused = await taffrail('feature advance stream early-access');
    expect(refused.exitCode).toBe(1);
    expect(refused.err).toContain('stream may not come to early-access in production yet.');
    expect(refused.err).toContain('taffrail segment put internal --include KEYS -e production');
    expect(refused.err).toContain('taffrail segment put early-access --include KEYS -e production');
  });

  it('is shown as a line, with the gates ahead', async () => {
    const out = await done('feature show stream -e production');
    expect(out).toContain('production  [dark] → internal → early-access → percent → ga → cleanup → removed');
    expect(out).toMatch(/closed +internal +audience +There is no segment internal in production/);
    expect(out).toMatch(/open +early-access +owner +issues answers for it\./);
    expect(out).not.toContain('staging  [dark]');
  });

  it('wants a yes in production, after showing who gains it', async () => {
    await done('segment put internal --include acme');
    await done('segment put early-access --include berlin');
    const shown = await taffrail('feature advance stream');
    expect(shown).toMatchObject({ exitCode: 2, err: expect.stringContaining('Repeat it with --yes') });
    expect(shown.err).toContain('production: stream: 1 of 4 known orgs gain it: acme');
    expect(await done('feature advance stream --yes')).toContain('stream: dark → internal in production');
    expect(await done('feature advance stream --percent 100 --yes')).toContain('internal → 100 % of org in production');
    expect(await done('feature list')).toMatch(/stream +dark +dark +100 % +2 +issues/);
  });

  it('says who has it', async () => {
    expect(await done('feature who stream')).toBe('4 of 4 known orgs: acme, berlin, cobalt, dune\n');
    await done('flag off list');
    expect(await done('feature who stream')).toBe('0 of 4 known orgs; 4 have some of its flags\n');
    expect(await done('feature show stream -e production')).toContain('list differs from its stage: turned off');
  });

  it('is backed out at once with a reason, and brought back with one', async () => {
    expect(await taffrail('feature back-out stream')).toMatchObject({ exitCode: 2, err: expect.stringContaining('--reason') });
    expect(await done('feature back-out stream --reason', ['rows are lost'])).toContain(
      '100 % of org → backed-out in production',
    );
    expect(await done('flag list')).toMatch(/list-api +off +off +killed/);
    expect(await taffrail('flag unlock list-api --reason fixed')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('stream is backed out in production, and list-api is one of its flags'),
    });
    const how = 'taffrail feature advance stream percent --percent 100 -e production --reason "…"';
    expect((await taffrail('flag unlock list-api --reason fixed')).err).toContain(how);
    expect((await taffrail('flag on list-api --yes')).err).toContain(
      `list-api is locked in production, as feature stream was backed out there. Bring the feature back: "${how}".`,
    );
    const kill = /killed here as feature stream was backed out, by Ana, .*: rows are lost/;
    expect(await done('why list-api --org acme')).toMatch(kill);
    const shown = await done('flag show list-api -e production');
    expect(shown).toMatch(kill);
    expect(shown).toMatch(/feature +stream/);
    expect(await taffrail('feature advance stream dark')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('--reason'),
    });
    expect(await taffrail('feature advance stream ga --yes --reason fixed')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('bring it back there or before'),
    });
    expect(await done('feature advance stream internal --yes --reason fixed')).toContain('backed-out → internal in production');
  });

  it('is edited and archived, and answers as JSON', async () => {
    expect(await done('feature edit stream --owner web --hours 1')).toContain('owner issues → web, hours at 100 % 24 → 1');
    const shown = JSON.parse(await done('feature show stream --json'));
    expect(shown.environments.production).toMatchObject({ stage: 'internal', next: 'early-access', differs: [] });
    await done('feature archive stream');
    expect(await done('feature list')).toContain('No features yet.');
    expect(await taffrail('feature show strem')).toMatchObject({ exitCode: 1 });
  });
});
