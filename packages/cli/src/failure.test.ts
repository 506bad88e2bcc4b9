import { createServer } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProblemCode } from '@taffrail/schema';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApi, Refusal } from './api.ts';
import { Failure, tell } from './failure.ts';

const refusal = (code: ProblemCode, status: number, more = {}) =>
  new Refusal({ type: 'about:blank', title: 'T', status, code, detail: 'What happened.', ...more });

describe('a refusal of the server', () => {
  it.each([
    ['FLAG_LOCKED', 409, 1, 'What happened. Unlock it with "taffrail flag unlock FLAG --reason …".'],
    ['KEY_REJECTED', 401, 2, 'What happened. Log in again with "taffrail login URL".'],
    ['FORBIDDEN', 403, 1, 'What happened.'],
    ['CONFLICT', 409, 1, 'What happened.'],
    ['STORAGE_FAILED', 503, 2, 'What happened.'],
  ] as const)('%s says what to do', (code, status, exitCode, sentences) => {
    expect(tell(refusal(code, status))).toMatchObject({ exitCode, sentences });
  });

  it('lists mistakes with their places, and ends a bare phrase in a full stop', () => {
    const mistakes = [{ at: '/body/key', message: 'is missing' }];
    expect(tell(refusal('INVALID', 422, { detail: 'The request has mistakes', mistakes })).sentences).toBe(
      'The request has mistakes.\n  key: is missing',
    );
  });

  it('says no mistake twice that is all there is to say', () => {
    const mistakes = [{ at: 'revision', message: 'What happened.' }];
    expect(tell(refusal('CONFLICT', 409, { mistakes })).sentences).toBe('What happened.');
  });

  it('says no sentence of the detail twice', () => {
    const detail = 'It may not come to ga yet. Nobody owns it. It has no last day.';
    const mistakes = [
      { at: '/body/stage', message: 'early-access, owner: Nobody owns it.' },
      { at: '/body/stage', message: 'early-access, expiry: It has no last day.' },
    ];
    expect(tell(refusal('GATE_CLOSED', 409, { detail, mistakes })).sentences).toBe(
      'It may not come to ga yet.\n  stage: early-access, owner: Nobody owns it.\n  stage: early-access, expiry: It has no last day.',
    );
  });

  it('says no mistake twice', () => {
    const mistakes = [
      { at: '/body/key', message: 'is missing' },
      { at: '/query/limit', message: 'must be at least 1' },
    ];
    expect(tell(refusal('INVALID', 422, { detail: '/body/key is missing (and 1 more mistake).', mistakes })).sentences).toBe(
      'key: is missing\nlimit: must be at least 1',
    );
  });

  it('keeps the problem whole for machines, and shows people no escapes', () => {
    const error = refusal('NOT_FOUND', 404, { detail: '\u001b[2Jgone' });
    expect(tell(error)).toEqual({ exitCode: 1, sentences: 'gone.', problem: error.problem });
  });
});

it('tells a failure of ours as a problem object too', () => {
  expect(tell(new Failure('NOT_LOGGED_IN', 'You are not logged in.'))).toEqual({
    exitCode: 2,
    sentences: 'You are not logged in.',
    problem: { type: 'about:blank', title: 'Log in first', code: 'NOT_LOGGED_IN', detail: 'You are not logged in.' },
  });
});

describe('no answer', () => {
  it('where nobody listens', async () => {
    const url = await listening(createServer());
    await closeAll();
    expect(await told(url)).toBe(
      `Nothing listens at ${url}. Start the server with "taffrail serve", or name another with --url.`,
    );
  });

  it('in time', async () => {
    const url = await listening(createServer(() => undefined));
    expect(await told(url, 50)).toBe(`${url} took too long to answer. Try again, or give it longer with --timeout.`);
  });

  it.each([
    ['a web page', 200, 'text/html', '<h1>It works</h1>'],
    ['a page that was not found', 404, 'text/html', '<h1>Not found</h1>'],
    ['JSON of somebody else', 500, 'application/json', '{"message":"oops"}'],
    ['a redirect to a login page', 302, 'text/html', ''],
  ])('of Taffrail, but %s', async (_, status, type, body) => {
    const url = await listening(
      createHttpServer(
        (_request, response) => void response.writeHead(status, { 'content-type': type, location: '/login' }).end(body),
      ),
    );
    expect(await told(url)).toMatch(`What answers at ${url} is not a Taffrail server.`);
  });
});

const open: { close(): unknown }[] = [];
const closeAll = () => Promise.all(open.splice(0).map((server) => server.close()));

function listening(server: ReturnType<typeof createServer>): Promise<string> {
  open.push(server);
  onTestFinished(async () => void (await closeAll()));
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );
}

async function told(url: string, timeoutMs = 5_000): Promise<string> {
  const error: unknown = await createApi({ url, timeoutMs })
    .call('GET /session', {})
    .catch((thrown: unknown) => thrown);
  return tell(error).sentences;
}
