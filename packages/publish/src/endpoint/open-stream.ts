import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Door } from '../door.ts';
import type { ReaderKey } from './reader-key.ts';
import { Refusal } from './refusal.ts';
import { streamHeaders } from './sdk-headers.ts';

/** Lets a stream in. Throws BUSY. */
export function enter(door: Pick<Door, 'enter'>, { id }: Pick<ReaderKey, 'id'>): void {
  const retryAfterSeconds = door.enter(id);
  if (retryAfterSeconds === undefined) return;
  throw new Refusal('BUSY', `Too many streams are being opened. Try again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
}

/** A peer that went away without a word is asked after this whether it is still there. */
const KEEP_ALIVE_MS = 15_000;

/** A stream ends with its connection, so it needs no chunks: one write to a stream is one write to its socket. */
export function openStream({ socket }: IncomingMessage, response: ServerResponse, gzip: boolean): void {
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  response.removeHeader('Transfer-Encoding');
  response.writeHead(200, gzip ? { ...streamHeaders, 'Content-Encoding': 'gzip' } : streamHeaders);
}

/** Where the reader stands. Only a stream has a last event. */
export function positionOf({ headers, url = '' }: IncomingMessage): string | undefined {
  const id = headers['last-event-id'];
  if (typeof id === 'string' && id !== '') return id;
  const queryAt = url.indexOf('?');
  return queryAt < 0 ? undefined : (new URLSearchParams(url.slice(queryAt)).get('from') ?? undefined);
}
