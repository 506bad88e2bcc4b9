import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { problemOf, sendProblem } from './problem.ts';
import { readJson } from './read-json.ts';

const limitBytes = 1_000;
const server = createServer((request, response) => {
  readJson(request, limitBytes)
    .then((value) => response.end(JSON.stringify({ value: value ?? 'none' })))
    .catch((error: unknown) => {
      request.resume();
      sendProblem(response, problemOf(error, 'r'));
    });
});
let url = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const send = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
  const response = await fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } });
  return (await response.json()) as { value?: unknown; status?: number; code?: string; detail?: string; mistakes?: unknown };
};
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

it.each([
  ['an object', '{"a":[1,true,null,"x"]}', { a: [1, true, null, 'x'] }],
  ['text with brackets in it', '{"a":"[[[\\"{{{"}', { a: '[[["{{{' }],
  ['the deepest that is taken', nested(64), JSON.parse(nested(64))],
  ['numbers that are exact', '[9007199254740991,0.1,-1.5e-7]', [9007199254740991, 0.1, -1.5e-7]],
])('reads %s', async (_, body, value) => {
  expect((await send(body)).value).toEqual(value);
});

describe('refuses in words', () => {
  it.each([
    ['what is no JSON', '{"a":1,}', 400, 'The body is not JSON: Expected double-quoted property name at line 1, column 8.'],
    [
      'a mistake on a later line',
      '{\n  "a": 1\n  "b": 2\n}',
      400,
      "The body is not JSON: Expected ',' or '}' after property value at line 3, column 3.",
    ],
    ['half a body', '{"a":', 400, 'The body is not JSON: Unexpected end of JSON input.'],
    ['blanks', '  ', 400, 'The body is not JSON: it is empty.'],
    ['what nests too deep', nested(65), 400, 'The body nests objects and lists more than 64 deep.'],
    ['what is too large', JSON.stringify('x'.repeat(limitBytes)), 413, 'The body is larger than 1000 bytes. Send it in parts.'],
    ['a number that reads as infinity', '{"a":[1e400]}', 422, '/body/a/0 is a number that not every reader of JSON reads alike.'],
    [
      'a whole number that is rounded',
      '{"a":9007199254740993}',
      422,
      '/body/a is a number that not every reader of JSON reads alike.',
    ],
    [
      'text that no UTF-8 can hold',
      String.raw`{"a":["\ud83d\ude00","x\ud800"]}`,
      422,
      '/body/a/1 has half of a character in it, a lone surrogate: send whole ones.',
    ],
    [
      'a name that no UTF-8 can hold',
      String.raw`{"a":{"\udc00":1}}`,
      422,
      '/body/a has a name that has half of a character in it, a lone surrogate: send whole ones.',
    ],
  ])('%s', async (_, body, status, detail) => {
    expect(await send(body)).toMatchObject({ status, detail });
  });

  it.each([
    ['text', 'text/plain'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['nearly JSON', 'application/jsonp'],
  ])('%s', async (_, media) => {
    expect(await send('{}', { 'Content-Type': media })).toMatchObject({ status: 415, code: 'NOT_JSON' });
  });

  it('what is compressed', async () => {
    expect(await send('{}', { 'Content-Encoding': 'gzip' })).toMatchObject({ status: 415 });
  });

  it('what is not UTF-8', async () => {
    expect(await send(Uint8Array.of(0x22, 0xff, 0x22))).toMatchObject({ status: 400, detail: 'The body is not UTF-8.' });
  });
});

test('no body is no mistake here', async () => {
  const response = await fetch(url, { method: 'POST' });
  expect(await response.json()).toEqual({ value: 'none' });
});

test('a body in chunks is refused at the limit, and the answer still arrives', async () => {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  const chunk = `400\r\n${' '.repeat(0x400)}\r\n`;
  const head =
    'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
  socket.write(head + chunk.repeat(200));
  socket.write('0\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 413 /);
});
