import type { Socket } from 'node:net';
import { pass, type Trouble } from './chaos-proxy.ts';

/** What a network may do to an SDK, and in which state that leaves it while its values stay. */
interface Row {
  readonly trouble: Trouble;
  readonly state: 'READY' | 'ERROR';
  /** The lines come through all the same. */
  readonly works?: true;
  /** Takes longer than a test of every change should. */
  readonly slow?: true;
}

const LATENCY_MS = 300;
/** Within the snapshot that a stream begins with. */
const CUT_AFTER_BYTES = 2_500;

/** Both ways, each piece at a time, by this. */
const through =
  (put: (to: Socket, chunk: Buffer) => void): Trouble =>
  (client, server) => {
    const upstream = server();
    client.on('data', (chunk: Buffer) => upstream.write(chunk));
    upstream.on('data', (chunk: Buffer) => put(client, chunk));
  };

function splitting(to: Socket, chunk: Buffer): void {
  for (const byte of chunk) to.write(Buffer.from([byte]));
}

const cutting: Trouble = (client, server) => {
  let left = CUT_AFTER_BYTES;
  through((to, chunk) => {
    to.write(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) to.destroy();
  })(client, server);
};

/** Answers with a status, for pages too; and says to come back in a second. */
const answering = (status: string, more = '', body = '{}'): Trouble => {
  const cors = 'Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: *, Authorization, Last-Event-ID';
  const head = `${cors}\r\nAccess-Control-Expose-Headers: Retry-After\r\nRetry-After: 1\r\n${more}Connection: close`;
  const answer = (line: string, text: string) => `HTTP/1.1 ${line}\r\n${head}\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
  return (client) => {
    client.on('data', (chunk: Buffer) => {
      const isPreflight = chunk.toString('latin1').startsWith('OPTIONS');
      client.end(isPreflight ? answer('204 No Content', '').replace('Content-Length: 0\r\n', '') : answer(status, body));
    });
  };
};

const frames = [
  'event: hello\ndata: {"epoch":7}\n\n',
  'event: patch\nid: e.9\ndata: {"from":1,"to":9,"checksum":"0000000000000000","del":[]}\n\n',
  'event: snapshot\nid: e.9\ndata: {"format":1}\ndata: f 0000000000000000 {"key":"tested"}\n\n',
  'event: beat\ndata: \u0000\u0001\u0002 no JSON\n\n',
].join('');

export const rows: Readonly<Record<string, Row>> = {
  'latency of 300 ms': {
    trouble: through((to, chunk) => void setTimeout(() => to.write(chunk), LATENCY_MS)),
    state: 'READY',
    works: true,
    slow: true,
  },
  'every byte by itself': { trouble: through(splitting), state: 'READY', works: true },
  'a black hole': { trouble: (client) => void client.resume(), state: 'READY', slow: true },
  'a reset': { trouble: (client) => void client.once('data', () => client.resetAndDestroy()), state: 'READY' },
  'a half-close': { trouble: (client) => void client.resume().once('data', () => client.end()), state: 'READY' },
  'a cut after 2,500 bytes': { trouble: cutting, state: 'READY' },
  '401': { trouble: answering('401 Unauthorized'), state: 'ERROR' },
  '403': { trouble: answering('403 Forbidden'), state: 'ERROR', slow: true },
  '429': { trouble: answering('429 Too Many Requests'), state: 'READY', slow: true },
  '503': { trouble: answering('503 Service Unavailable'), state: 'READY' },
  '301 to itself': { trouble: answering('301 Moved Permanently', 'Location: /sdk/v1/stream\r\n'), state: 'READY', slow: true },
  'garbage frames': { trouble: answering('200 OK', 'Content-Type: text/event-stream\r\n', frames), state: 'READY' },
  'no trouble': { trouble: pass, state: 'READY', works: true, slow: true },
};
