import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../api.ts';
import { createUser, startServer, type Circumstances } from '../cli.test-kit.ts';

const user = createUser();
let server: Awaited<ReturnType<typeof startServer>>;

const taffrail = (line: string, circumstances: Circumstances = {}) => user.run(line.split(' '), circumstances);

/** What the tests start from must not fail silently. */
async function must(line: string): Promise<void> {
  const { exitCode, err } = await taffrail(line, { input: 'correct horse\n' });
  if (exitCode !== 0) throw new Error(`${line}: ${err}`);
}

async function publishRules(): Promise<void> {
  const path = join(user.home, '.config', 'taffrail', 'config.json');
  const { token } = JSON.parse(readFileSync(path, 'utf8')).profiles.default as { token: string };
  const edit = { rules: [{ id: '1', when: { segment: 'early' }, serve: { variant: 'on' } }] };
  await createApi({ url: server.url, token }).call('POST /orgs/:org/projects/:project/publish', {
    params: { org: 'default', project: 'default' },
    body: { edits: [{ environment: 'staging', flag: 'search', edit }] },
  });
}

beforeAll(async () => {
  server = await startServer();
  await must(`login ${server.link} --email ana@acme.example --name Ana --password - -p default`);
  for (const flag of ['billing', 'search', 'same']) await must(`flag create ${flag}`);
  await must('segment put early -e staging --include acme');
  await must('flag on billing -e staging');
  await publishRules();
}, 30_000);
afterAll(() => server.close());

describe('two environments', () => {
  it('are compared, side by side', async () => {
    const { out, exitCode } = await taffrail('environment diff staging production');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^FLAG +IN production +IN staging +IF COPIED$/m);
    expect(out).toMatch(/^billing +off +on +turned on$/m);
    expect(out).toMatch(/^search +off +off +1 rule added \(asks early\)$/m);
    expect(out).toMatch(/^early +staging +segment created \(included acme\)$/m);
    expect(out).toMatch(/1 flag is the same in staging and production\.\n$/);
  });

  it('are told by what they are called, or by what was meant', async () => {
    expect((await taffrail('environment diff staging prodction')).err).toBe(
      'There is no environment "prodction" in default. Did you mean "production"?\n',
    );
    expect((await taffrail('environment diff stagin production')).err).toContain("Did you mean 'staging'?");
  });
});

describe('copying', () => {
  it('is refused while a segment is missing, which is named', async () => {
    expect(await taffrail('environment copy staging production --yes')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('search asks segment early, which is not in production'),
    });
  });

  it('shows what it would turn on in production, and wants a yes', async () => {
    const { exitCode, err } = await taffrail('environment copy staging production --flags billing');
    expect(exitCode).not.toBe(0);
    expect(err).toContain('billing: turned on in production');
    expect((await taffrail('environment diff staging production')).out).toMatch(/^billing +off +on/m);
  });

  it('copies the flags that were named, then all with their segments', async () => {
    expect((await taffrail('environment copy staging production --flags billing --yes')).out).toMatch(
      /^billing: turned on in production\n.*undo with: taffrail undo/s,
    );
    expect((await taffrail('environment copy staging production --segments --yes')).out).toContain('early: segment created');
    expect((await taffrail('environment diff staging production')).out).toBe('3 flags are the same in staging and production.\n');
    expect((await taffrail('environment copy staging production --yes')).out).toContain('Nothing to change');
  });
});
