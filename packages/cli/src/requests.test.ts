import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from './api.ts';
import { createUser, startServer, type Circumstances, type Ran } from './cli.test-kit.ts';

const [ana, ben] = [createUser(), createUser()];
type User = typeof ana;
let server: Awaited<ReturnType<typeof startServer>>;

/** Runs a command line; words with spaces go in as they are, by `more`. */
const as = (user: User, line: string, more: readonly string[] = [], circumstances: Circumstances = {}): Promise<Ran> =>
  user.run([...line.split(' '), ...more], circumstances);
const json = async (user: User, line: string) => {
  const { exitCode, out, err } = await as(user, `${line} --json`);
  expect({ line, exitCode, out, err }).toMatchObject({ exitCode: 0 });
  return JSON.parse(out);
};
const isOn = async (flag: string) => (await json(ana, `flag show ${flag}`)).environments.production.document.on as boolean;
/** Somebody asks for approval; gives the request's id. */
const ask = async (user: User, line: string) => (await json(user, `${line} --request`)).request as string;

let flags = 0;
async function newFlag(): Promise<string> {
  const key = `flag-${++flags}`;
  await json(ana, `flag create ${key}`);
  return key;
}

beforeAll(async () => {
  server = await startServer();
  const place = '--password - -p default -e production';
  const input = 'correct horse\n';
  await as(ana, `login ${server.link} --email ana@acme.example --name Ana ${place}`, [], { input });
  const { profiles } = JSON.parse(readFileSync(join(ana.home, '.config', 'taffrail', 'config.json'), 'utf8'));
  const { link } = await createApi({ url: server.url, token: profiles.default.token }).call('POST /orgs/:org/invitations', {
    params: { org: 'default' },
    body: { email: 'ben@acme.example', grants: [{ role: 'editor' }] },
  });
  await as(ben, `login ${link} --email ben@acme.example --name Ben ${place}`, [], { input });
  await json(ana, 'environment policy production publish=second-person unlock=second-person');
}, 30_000);
afterAll(() => server.close());

describe('the policies of an environment', () => {
  it('are listed, with what each is', async () => {
    const { out } = await as(ana, 'environment policy production');
    expect(out).toMatch(/publish +a second person +whatever gives somebody more/);
    expect(out).toMatch(/stage +nobody/);
    expect(await json(ana, 'environment policy production')).toEqual({
      environment: 'production',
      policies: { publish: 'second-person', unlock: 'second-person' },
    });
  });

  it('are weakened only by two', async () => {
    const ran = await as(ana, 'environment policy production publish=none');
    expect(ran).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('Weakening the policies of production wants a second person'),
    });
    expect(ran.err).toContain('Run: taffrail environment policy production publish=none --request');
  });

  it.each([
    ['publish=maybe', '"maybe" is no policy'],
    ['sail=none', '"sail" is no act'],
    ['publish', 'wants name=value'],
  ])('%s is not understood', async (word, sentence) => {
    expect(await as(ana, `environment policy production ${word}`)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining(sentence),
    });
  });
});

describe('what waits', () => {
  it('is refused with the command to run next, as it can be pasted, and asks nobody for a yes', async () => {
    const flag = await newFlag();
    const ran = await as(ben, `flag on ${flag} --yes`, ['--reason', "it's time"]);
    expect(ran).toMatchObject({ exitCode: 1, out: '' });
    expect(ran.err).toBe(
      'Giving anybody more in production wants a second person. Nothing was changed: ask for approval instead. ' +
        `Run: taffrail flag on ${flag} --reason 'it'\\''s time' --request\n`,
    );
    expect(await as(ben, `flag on ${flag}`)).toMatchObject({ exitCode: 1 });
    expect((await as(ben, `flag on ${flag} --preview`)).out).toContain('waits for a second person in production (publish)');
    const machine = await as(ben, `flag on ${flag} --json`);
    expect(JSON.parse(machine.out)).toMatchObject({ code: 'APPROVAL_NEEDED', current: { waits: [{ action: 'publish' }] } });
    expect(await isOn(flag)).toBe(false);
  });

  it('is asked for, looked at, and approved by somebody else', async () => {
    const flag = await newFlag();
    const made = await as(ben, `flag on ${flag} --request`, ['--reason', 'for the launch']);
    const [, id = ''] = /taffrail request approve (\d+) --project default/.exec(made.out) ?? [];
    expect(made).toMatchObject({ exitCode: 0, err: '' });
    expect((await as(ana, 'request list')).out).toMatch(new RegExp(`^${id} +open +Ben .*${flag}: turned on in production$`, 'm'));
    expect(await as(ben, `request approve ${id} --yes`)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('a hand in this'),
    });
    expect(await as(ana, `request approve ${id}`)).toMatchObject({ exitCode: 2, err: expect.stringContaining('--yes') });
    expect(await as(ana, `request approve ${id}`, [], { replies: ['n'] })).toMatchObject({ exitCode: 1 });
    expect(await isOn(flag)).toBe(false);
    const approved = await as(ana, `request approve ${id}`, [], { replies: ['y'] });
    expect(approved).toMatchObject({ exitCode: 0, out: expect.stringContaining('which Ben asked for') });
    expect(approved.err).toMatch(/for the launch[^]*turned on in production[^]*Approve this\?/);
    expect(await isOn(flag)).toBe(true);
    expect((await as(ana, 'request list')).out).not.toContain(flag);
  });

  it('is not approved as it is no more', async () => {
    const flag = await newFlag();
    const id = await ask(ben, `flag rollout ${flag} 10`);
    const { digest } = (await json(ana, `request show ${id}`)).now.preview;
    await json(ana, `flag pin ${flag} acme --variant off`);
    const mistyped = await as(ana, `request approve ${id} --digest abc`);
    expect(mistyped).toMatchObject({ exitCode: 1, err: expect.stringContaining('as "request show --json" gives it') });
    expect(mistyped.err).not.toContain('^[');
    expect(await as(ana, `request approve ${id} --digest ${digest}`)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('It would do something else than what you looked at'),
    });
    expect((await as(ana, `request show ${id}`)).out).toContain('It would do something else now');
    expect(await isOn(flag)).toBe(false);
  });

  it('is rejected with a reason, or withdrawn', async () => {
    const flag = await newFlag();
    const [one, two] = [await ask(ben, `flag on ${flag}`), await ask(ben, `flag on ${flag}`)];
    expect(await as(ana, `request reject ${one}`)).toMatchObject({ exitCode: 2, err: expect.stringContaining('reason') });
    await json(ana, `request reject ${one} --reason later`);
    await json(ben, `request withdraw ${two}`);
    expect(await as(ana, `request approve ${one} --yes`)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('rejected'),
    });
    const shown = (await as(ben, `request show ${one}`)).out;
    expect(shown).toMatch(/: rejected by Ana: later\n/);
    expect(shown).not.toContain('Somebody else must look');
    const { requests } = await json(ana, 'request list --all');
    expect(requests.filter(({ id }: { id: string }) => [one, two].includes(id))).toMatchObject([
      { status: 'withdrawn' },
      { status: 'rejected', decision: { reason: 'later' } },
    ]);
  });

  it('is published in an emergency by an admin who says why, and reviewed by another', async () => {
    const flag = await newFlag();
    expect(await as(ana, `flag on ${flag} --emergency --yes`)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('--reason'),
    });
    expect(await as(ana, `flag on ${flag} --emergency --request`)).toMatchObject({ exitCode: 2 });
    expect(await as(ben, `flag on ${flag} --emergency --yes --reason fire`)).toMatchObject({ exitCode: 1 });
    expect(await isOn(flag)).toBe(false);
    const done = await as(ana, `flag on ${flag} --emergency --reason fire`, [], { replies: ['y'] });
    expect(done).toMatchObject({ exitCode: 0, out: expect.stringContaining('in an emergency') });
    expect(await isOn(flag)).toBe(true);
    const { requests } = await json(ben, 'request list --status emergency');
    expect(await as(ana, `request review ${requests[0].id}`)).toMatchObject({ exitCode: 1 });
    expect(await as(ben, `request review ${requests[0].id}`)).toMatchObject({ exitCode: 0 });
  });
});

it('what narrows never waits', async () => {
  const flag = await newFlag();
  await json(ana, `request approve ${await ask(ben, `flag on ${flag}`)} --yes`);
  expect(await as(ben, `flag off ${flag}`)).toMatchObject({ exitCode: 0 });
  expect(await as(ben, `flag kill ${flag}`)).toMatchObject({ exitCode: 0 });
  expect(await as(ben, `flag unlock ${flag} --reason fixed`)).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('Lifting a kill in production wants a second person'),
  });
});
