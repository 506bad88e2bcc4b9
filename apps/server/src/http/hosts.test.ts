import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { refuseForeignHost, refuseForeignPage } from './hosts.ts';

const requestWith = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage;

describe('a host', () => {
  const url = 'https://flags.example.org';
  it.each([
    'localhost:4400',
    'localhost',
    '127.0.0.1:4400',
    '192.168.1.7:4400',
    '[::1]:4400',
    'flags.example.org',
    'FLAGS.example.org',
  ])('%s is answered', (host) => {
    expect(() => refuseForeignHost(requestWith({ host }), url)).not.toThrow();
  });

  it.each(['evil.example', 'flags.example.org.evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', ''])(
    "'%s' is not",
    (host) => {
      expect(() => refuseForeignHost(requestWith({ host }), url)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
    },
  );

  it('other than an address is not answered before one is configured', () => {
    expect(() => refuseForeignHost(requestWith({ host: 'flags.example.org' }), undefined)).toThrow(/TAFFRAIL_URL/);
  });
});

describe('a page that changes something with the session’s cookie', () => {
  const host = 'localhost:4400';
  const url = 'https://flags.example.org';
  it.each<[string, Record<string, string>]>([
    ['says that it is ours', { 'sec-fetch-site': 'same-origin' }],
    ['comes from our origin', { origin: 'http://localhost:4400' }],
    ['comes from our origin behind TLS', { origin: 'https://localhost:4400' }],
    ['comes from people’s address, through a proxy that hides it', { origin: 'https://flags.example.org' }],
    ['is a program that says so', { 'x-taffrail': '1' }],
  ])('may, if it %s', (_, headers) => {
    expect(() => refuseForeignPage(requestWith({ host, ...headers }), true, url)).not.toThrow();
  });

  it.each<[string, Record<string, string>]>([
    ['is of another site', { 'sec-fetch-site': 'cross-site' }],
    ['is of another port', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:8080' }],
    ['has another origin', { origin: 'https://evil.example' }],
    ['hides its origin', { origin: 'null' }],
    ['claims the header from elsewhere', { origin: 'https://evil.example', 'x-taffrail': '1' }],
    ['says nothing', {}],
  ])('may not, if it %s', (_, headers) => {
    expect(() => refuseForeignPage(requestWith({ host, ...headers }), true, url)).toThrow(
      expect.objectContaining({ code: 'ORIGIN_REFUSED' }),
    );
  });

  it('a program without a cookie needs to say nothing', () => {
    expect(() => refuseForeignPage(requestWith({ host }), false, url)).not.toThrow();
  });

  it('another site may not sign its visitor in either', () => {
    expect(() => refuseForeignPage(requestWith({ host, origin: 'https://evil.example' }), false, url)).toThrow(/other sites/);
  });
});
