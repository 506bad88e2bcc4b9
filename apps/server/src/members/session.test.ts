import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { cookieOf, signUpOwner, type SignedIn } from '../testing/people.ts';
import { startServer, type RunningServer } from '../testing/running-server.ts';

const dayMs = 86_400_000;
let nowMs = Date.parse('2026-11-23T12:00:00Z');
let server: RunningServer;
let ana: SignedIn;

beforeAll(async () => {
  server = await startServer({ clock: () => new Date(nowMs) });
  ana = await signUpOwner(server);
});
afterAll(() => server.remove());

const signIn = (email: string, password: string, headers = {}) =>
  server.send('POST', '/api/v1/session', { body: { email, password }, headers });
const whoIs = async (cookie: string) => (await server.send('GET', '/api/v1/session', { cookie })).status;
const signedIn = async () => cookieOf(await signIn(ana.email, ana.password));

describe('signing in', () => {
  it('answers who one is and where, and sets a cookie that scripts cannot read', async () => {
    const answer = await signIn(ana.email, ana.password);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        person: { email: ana.email },
        via: 'session',
        organizations: [{ organization: { key: 'default' }, grants: [{ role: 'owner' }] }],
      },
    });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^taffrail_session=tf_ses_\w{8}_\w{49}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it('does not mind how the address is written', async () => {
    expect((await signIn(' ANA@Example.org '.trim(), ana.password)).status).toBe(200);
  });

  it('says the same of a wrong password and of an unknown person', async () => {
    const [wrong, unknown] = [await signIn(ana.email, 'wrong'), await signIn('nobody@example.org', 'wrong')];
    expect(wrong).toMatchObject({ status: 401, body: { code: 'BAD_CREDENTIALS' } });
    expect(unknown.text).toBe(wrong.text);
    expect([...unknown.headers.keys()]).toEqual([...wrong.headers.keys()]);
    expect(wrong.headers.get('set-cookie')).toBeNull();
  });

  it('ends the session that the browser had: one that was planted is worth nothing', async () => {
    const before = await signedIn();
    const after = cookieOf(
      await server.send('POST', '/api/v1/session', { cookie: before, body: { email: ana.email, password: ana.password } }),
    );
    expect(after).not.toBe(before);
    expect(await whoIs(before)).toBe(401);
    expect(await whoIs(after)).toBe(200);
  });

  it('is refused to pages of other sites', async () => {
    const answer = await signIn(ana.email, ana.password, { Origin: 'https://evil.example' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'ORIGIN_REFUSED' } });
  });
});

describe('guessing', () => {
  it.each([
    ['somebody who is here', () => ana.email],
    ['nobody', () => 'nobody-at-all@example.org'],
  ])('passwords of %s is held up after ten tries', async (_, email) => {
    nowMs += dayMs / 24;
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(email(), 'wrong')));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    const late = await signIn(email(), ana.password);
    expect(late).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 6 } });
    expect(late.headers.get('retry-after')).toBe('6');
  });

  it('is forgotten after a right password', async () => {
    nowMs += dayMs / 24;
    for (let i = 0; i < 9; i++) await signIn(ana.email, 'wrong');
    expect((await signIn(ana.email, ana.password)).status).toBe(200);
    for (let i = 0; i < 10; i++) expect((await signIn(ana.email, 'wrong')).status).toBe(401);
    nowMs += dayMs / 24;
  });
});

describe('a session', () => {
  it('ends when its person signs out, and nobody else’s does', async () => {
    const [one, other] = [await signedIn(), await signedIn()];
    const out = await server.send('DELETE', '/api/v1/session', { cookie: one });
    expect(out.headers.get('set-cookie')).toMatch(/^taffrail_session=; Max-Age=0;/);
    expect(await whoIs(one)).toBe(401);
    expect(await whoIs(other)).toBe(200);
  });

  it('stays while it is used, ends two weeks after it was not, and after ninety days in any case', async () => {
    const [used, unused] = [await signedIn(), await signedIn()];
    for (let day = 0; day < 88; day += 8) {
      expect(await whoIs(used)).toBe(200);
      nowMs += 8 * dayMs;
    }
    expect(await whoIs(unused)).toBe(401);
    expect(await whoIs(used)).toBe(200);
    nowMs += 3 * dayMs;
    expect(await whoIs(used)).toBe(401);
  });

  it('is refused with a secret that was changed', async () => {
    const cookie = await signedIn();
    expect(await whoIs(`${cookie.slice(0, -1)}${cookie.endsWith('x') ? 'y' : 'x'}`)).toBe(401);
  });

  it('changes nothing for a page of another site', async () => {
    const cookie = await signedIn();
    const body = { name: 'Theirs' };
    for (const headers of [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
      expect((await server.send('PATCH', '/api/v1/orgs/default', { cookie, body, headers })).body).toMatchObject({
        code: 'ORIGIN_REFUSED',
      });
    }
    const silent = await server.send('PATCH', '/api/v1/orgs/default', { headers: { Cookie: cookie }, body });
    expect(silent.body).toMatchObject({ code: 'ORIGIN_REFUSED' });
    const form = { 'Content-Type': 'text/plain', 'Sec-Fetch-Site': 'same-origin' };
    expect((await server.send('PATCH', '/api/v1/orgs/default', { cookie, body, headers: form })).body).toMatchObject({
      code: 'NOT_JSON',
    });
    expect((await server.send('GET', '/api/v1/orgs/default', { cookie })).body).toMatchObject({
      organization: { name: 'My organization' },
    });
  });
});

describe('changing the password', () => {
  it('wants the present one, ends the other sessions and keeps this', async () => {
    const [here, elsewhere] = [await signedIn(), await signedIn()];
    const change = (current: string) =>
      server.send('PUT', '/api/v1/session/password', { cookie: here, body: { current, password: 'another horse battery' } });
    expect((await change('wrong')).body).toMatchObject({ code: 'BAD_CREDENTIALS' });
    expect((await change(ana.password)).status).toBe(200);
    expect([await whoIs(here), await whoIs(elsewhere)]).toEqual([200, 401]);
    expect((await signIn(ana.email, ana.password)).status).toBe(401);
    expect((await signIn(ana.email, 'another horse battery')).status).toBe(200);
  });

  it('refuses one that is guessed first, from who comes and from who is there', async () => {
    const guessable = { mistakes: [{ at: '/body/password', message: expect.stringContaining('guessed') }] };
    const anew = await startServer();
    const first = { link: anew.firstLink, email: 'anabel.o@example.org', name: 'Ana', password: 'anabel.o' };
    expect((await anew.send('POST', '/api/v1/session/link', { body: first })).body).toMatchObject(guessable);
    const joined = await anew.send('POST', '/api/v1/session/link', { body: { ...first, password: 'correct horse' } });
    expect(joined.status).toBe(200);
    const body = { current: 'correct horse', password: 'Password123' };
    const changed = await anew.send('PUT', '/api/v1/session/password', { cookie: cookieOf(joined), body });
    expect(changed.body).toMatchObject(guessable);
    await anew.remove();
  });

  it('refuses a short one in words', async () => {
    const answer = await server.send('PUT', '/api/v1/session/password', { token: ana.token, body: { password: 'short' } });
    expect(answer.body).toMatchObject({ mistakes: [{ at: '/body/password', message: 'must have at least 8 characters' }] });
  });
});

test('over https the cookie is bound to host and scheme', async () => {
  const secure = await startServer({ env: { TAFFRAIL_URL: 'https://localhost' } });
  const body = { link: secure.firstLink, email: 'ana@example.org', name: 'Ana', password: 'correct horse' };
  const answer = await secure.send('POST', '/api/v1/session/link', { body });
  expect(answer.headers.get('set-cookie')).toMatch(/^__Host-taffrail_session=\S+ .*; Secure$/);
  expect(answer.headers.get('strict-transport-security')).toContain('max-age=31536000');
  await secure.remove();
});
