import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { committed, type Network, network, problem } from '../../test/server.ts';
import { addressOf, call, follow, preview } from './call.ts';
import { isRefusal, mistakesOf, Refusal, sentence, Unreachable } from './refusal.ts';

const params = { org: 'acme', project: 'web', environment: 'production', flag: 'a/b' };
const turn = 'POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/turn';
let net: Network;

beforeEach(() => {
  net = network();
});
afterEach(() => vi.unstubAllGlobals());

describe('a call', () => {
  it('fills the path, sends the body and names the revision that was edited', async () => {
    net.answer('POST /', { body: committed });
    await expect(call(turn, { params, body: { on: true }, ifMatch: 7 })).resolves.toEqual(committed);
    const [asked] = net.asked;
    expect(asked).toMatchObject({ path: '/orgs/acme/projects/web/environments/production/flags/a%2Fb/turn', body: { on: true } });
    expect(asked?.headers.get('if-match')).toBe('"7"');
    expect(asked?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('draws a new idempotency key for each change, and none for reading', async () => {
    net.answer('POST /', { body: committed });
    net.answer('GET /', { body: {} });
    await call(turn, { params, body: { on: true } });
    await call(turn, { params, body: { on: true } });
    await call('GET /session', {});
    const keys = net.asked.map(({ headers }) => headers.get('idempotency-key'));
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBeNull();
  });

  it('asks for a preview by the query alone', async () => {
    net.answer('POST /', { body: {} });
    await preview(turn, { params, body: { on: true } });
    expect(net.asked[0]?.path).toMatch(/\/turn\?preview=1$/);
  });

  it('leaves out of the query what was not said', () => {
    const history = 'GET /orgs/:org/projects/:project/history/export';
    expect(addressOf(history, { params, query: { flag: 'a b', format: 'csv' } })).toBe(
      '/api/v1/orgs/acme/projects/web/history/export?flag=a+b&format=csv',
    );
  });

  it('follows an undo as it was handed out', async () => {
    net.answer('POST /undo/8', { body: committed });
    await follow('POST', '/api/v1/undo/8');
    expect(net.asked[0]).toMatchObject({ method: 'POST', path: '/undo/8' });
  });
});

describe('what goes wrong', () => {
  it('is a refusal with its code and its mistakes', async () => {
    const mistakes = [{ at: '/body/key', message: 'too long' }];
    net.answer('POST /', { status: 422, body: problem('INVALID', 422, { mistakes }) });
    const error: unknown = await call(turn, { params, body: { on: true } }).catch((caught: unknown) => caught);
    expect(isRefusal(error, 'INVALID')).toBe(true);
    expect(mistakesOf(error)).toEqual(mistakes);
  });

  it.each([
    ['a problem', new Refusal({ ...problem('BUSY', 503), retryAfterSeconds: 1.2 } as never), 'BUSY happened. Try again in 2 s.'],
    [
      'a problem that ends its own sentence',
      new Refusal({ ...problem('CONFLICT', 409), detail: 'Ben was faster.' } as never),
      'Ben was faster.',
    ],
    [
      'a moment, in the reader’s own time',
      new Refusal({ ...problem('CONFLICT', 409), detail: 'Ben was faster at 2026-11-01T12:30:15.927Z.' } as never),
      expect.stringMatching(/^Ben was faster at 1 Nov 2026, \d\d:\d\d\.$/),
    ],
    ['no network', new Unreachable(), 'The server cannot be reached. Nothing was lost: try again.'],
    ['a mistake of ours', new TypeError('x is undefined'), expect.stringMatching(/^Something in this page failed/)],
  ])('says %s in one sentence', (_, error, words) => {
    expect(sentence(error)).toEqual(words);
  });

  it('is unreachable when no answer comes', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(call('GET /session', {})).rejects.toBeInstanceOf(Unreachable);
  });

  it('is a refusal too when a proxy answers in its own words', async () => {
    vi.stubGlobal('fetch', () =>
      Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' })),
    );
    await expect(call('GET /session', {})).rejects.toThrow('The server answered 502 Bad Gateway');
  });
});
