import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { sessionCookie } from './cookies.ts';

describe('the session’s cookie', () => {
  it('is bound to the host and to https where people use https', () => {
    expect(sessionCookie('https://flags.example.org').set('s', 60_000)).toBe(
      '__Host-taffrail_session=s; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure',
    );
  });

  it.each([undefined, 'http://flags.example.org'])('works without https at %s', (url) => {
    expect(sessionCookie(url).set('s', 60_000)).toBe('taffrail_session=s; Max-Age=60; Path=/; HttpOnly; SameSite=Lax');
  });

  it('is taken away by one that has expired', () => {
    expect(sessionCookie(undefined).clear).toMatch(/^taffrail_session=; Max-Age=0;/);
  });

  it.each([
    ['taffrail_session=abc', 'abc'],
    ['a=1; taffrail_session=abc; b=2', 'abc'],
    ['xtaffrail_session=abc', undefined],
    ['taffrail_session', undefined],
    [undefined, undefined],
  ])('is read from %s', (cookie, value) => {
    expect(sessionCookie(undefined).read({ headers: { cookie } } as IncomingMessage)).toBe(value);
  });
});
