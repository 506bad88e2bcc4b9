import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInLink } from '../sign-in-link.ts';
import { readConfig } from '../config.ts';
import { cookieOf, joinAs, type SignedIn } from '../testing/people.ts';
import { startServer, type RunningServer } from '../testing/running-server.ts';

const dayMs = 86_400_000;
let nowMs = Date.parse('2026-11-23T12:00:00Z');
const clock = () => new Date(nowMs);
let server: RunningServer;
let ana: SignedIn;

beforeAll(async () => {
  server = await startServer({ clock });
});
afterAll(() => server.remove());

const config = () => readConfig({ TAFFRAIL_DATA: server.folder });
const use = (link: string, body: object = {}, cookie?: string) =>
  server.send<{ person: { id: string; email: string } }>('POST', '/api/v1/session/link', { body: { link, ...body }, cookie });
const inspect = (link: string) => server.send('POST', '/api/v1/session/link/inspect', { body: { link } });
const invite = async (email: string, org = 'default', token = ana.token): Promise<{ id: string; link: string }> => {
  const { body } = await server.send<{ id: string; link: string }>('POST', `/api/v1/orgs/${org}/invitations`, {
    token,
    body: { email, grants: [{ role: 'viewer' }] },
  });
  return { id: body.id, link: body.link.split('#')[1] ?? '' };
};
const fresh = (email: string) => ({ email, name: 'Somebody', password: 'correct horse battery' });

describe('the first link', () => {
  it('says what it is for without being used up', async () => {
    expect(await inspect(server.firstLink)).toMatchObject({
      status: 200,
      body: { purpose: 'first-sign-in', needsPassword: true, expiresAt: '2026-11-24T12:00:00.000Z' },
    });
  });

  it('asks for everything that it needs at once', async () => {
    expect((await use(server.firstLink)).body).toMatchObject({
      code: 'INVALID',
      mistakes: [{ at: '/body/email' }, { at: '/body/name' }, { at: '/body/password' }],
    });
  });

  it('makes an owner, once, however many use it at the same time', async () => {
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((name) => use(server.firstLink, fresh(`${name}@example.org`))));
    const [winner, ...others] = answers.filter(({ status }) => status === 200);
    expect(others).toEqual([]);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(3);
    if (!winner) throw new Error('nobody could use it');
    const { person } = winner.body;
    const cookie = cookieOf(winner);
    const members = await server.send('GET', '/api/v1/orgs/default/members', { cookie });
    expect(members.body).toMatchObject({ members: [{ email: person.email, grants: [{ role: 'owner' }] }], invitations: [] });
    const made = await server.send<{ secret: string }>('POST', '/api/v1/session/tokens', {
      cookie,
      body: { organization: 'default', name: 'test' },
    });
    ana = { ...person, password: 'correct horse battery', cookie, token: made.body.secret };
    expect((await use(server.firstLink, fresh('late@example.org'))).body).toMatchObject({ code: 'LINK_SPENT' });
  });
});

describe('an invitation', () => {
  it('lets somebody new choose a password and join with what it grants', async () => {
    const { link } = await invite('Ben@example.org');
    expect((await inspect(link)).body).toMatchObject({
      purpose: 'invitation',
      email: 'ben@example.org',
      organization: 'My organization',
      needsPassword: true,
    });
    const joined = await use(link, { name: 'Ben', password: 'correct horse battery' });
    expect(joined.body).toMatchObject({
      person: { email: 'ben@example.org' },
      organizations: [{ grants: [{ role: 'viewer' }] }],
    });
    expect((await use(link, { name: 'Ben', password: 'correct horse battery' })).status).toBe(410);
  });

  it('is for the address it was made for, whatever the visitor writes', async () => {
    const { link } = await invite('cleo@example.org');
    expect((await use(link, fresh('other@example.org'))).body).toMatchObject({ person: { email: 'cleo@example.org' } });
  });

  it('stops working when it is withdrawn, and after a week', async () => {
    const withdrawn = await invite('dora@example.org');
    expect((await server.send('DELETE', `/api/v1/orgs/default/invitations/${withdrawn.id}`, { token: ana.token })).status).toBe(
      200,
    );
    expect((await use(withdrawn.link, fresh('dora@example.org'))).body).toMatchObject({ code: 'LINK_SPENT' });
    expect((await inspect(withdrawn.link)).body).toMatchObject({ code: 'LINK_SPENT' });
    const forgotten = await invite('dora@example.org');
    nowMs += 7 * dayMs;
    expect((await use(forgotten.link, fresh('dora@example.org'))).body).toMatchObject({ code: 'LINK_SPENT' });
  });

  it('does not make anybody of who has an account: that wants its password or its session', async () => {
    const made = await server.send('POST', '/api/v1/orgs', { cookie: ana.cookie, body: { key: 'other', name: 'Other' } });
    expect(made.status).toBe(200);
    const eve = await joinAs(server, 'default', ana.token, 'eve@example.org', [{ role: 'viewer' }]);
    const { link } = await invite('eve@example.org', 'other', await tokenIn('other'));
    expect((await inspect(link)).body).toMatchObject({ needsPassword: false });
    expect((await use(link, { name: 'Not Eve' })).body).toMatchObject({ mistakes: [{ at: '/body/password' }] });
    expect((await use(link, { name: 'Not Eve', password: 'a guess at it' })).body).toMatchObject({ code: 'BAD_CREDENTIALS' });
    expect((await use(link, { name: 'Not Eve' }, ana.cookie)).body).toMatchObject({ code: 'INVALID' });
    expect((await use(link, {}, eve.cookie)).body).toMatchObject({ person: { id: eve.id }, organizations: [{}, {}] });
  });
});

it('an invitation is no way to guess the password of who has an account', async () => {
  await joinAs(server, 'default', ana.token, 'finn@example.org', [{ role: 'viewer' }]);
  const { link } = await invite('finn@example.org', 'other', await tokenIn('other'));
  const guesses = await Promise.all(Array.from({ length: 15 }, (_, guess) => use(link, { password: `guess number ${guess}` })));
  expect(guesses.filter(({ status }) => status === 401)).toHaveLength(10);
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(5);
});

describe('a link for somebody who is locked out', () => {
  it('is drawn beside the running server and signs them in, once', async () => {
    const { link, email } = signInLink({ config: config(), email: ana.email, clock });
    expect(link).toMatch(new RegExp(`^${server.url}/link#tf_lnk_`));
    expect(email).toBe(ana.email);
    const secret = link.split('#')[1] ?? '';
    expect((await inspect(secret)).body).toMatchObject({ purpose: 'sign-in', email: ana.email, needsPassword: false });
    expect((await use(secret)).body).toMatchObject({ person: { id: ana.id } });
    expect((await use(secret)).status).toBe(410);
  });

  it('may set a new password; sessions from before then end', async () => {
    const { link } = signInLink({ config: config(), email: ana.email, clock });
    expect((await use(link.split('#')[1] ?? '', { password: 'a password I will keep' })).status).toBe(200);
    expect((await server.send('GET', '/api/v1/session', { cookie: ana.cookie })).status).toBe(401);
  });

  it('is for the only owner if nobody is named, and expires in a day', async () => {
    const { link, email } = signInLink({ config: config(), clock });
    expect(email).toBe(ana.email);
    nowMs += dayMs;
    expect((await use(link.split('#')[1] ?? '')).status).toBe(410);
  });

  it('is not drawn for a stranger', () => {
    expect(() => signInLink({ config: config(), email: 'stranger@example.org', clock })).toThrow(
      /Nobody here has the address stranger@example.org. The owners are: \w+@example.org/,
    );
  });
});

async function tokenIn(organization: string): Promise<string> {
  const body = { organization, name: 'test' };
  const { body: made } = await server.send<{ secret: string }>('POST', '/api/v1/session/tokens', { cookie: ana.cookie, body });
  return made.secret;
}
