import { createHash } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { problems } from '@taffrail/schema';
import { refusalFrom, refusalHeaders } from '../endpoint/refusal.ts';
import { crossOrigin } from '../endpoint/sdk-headers.ts';
import type { Answer } from './answers.ts';
import { failure } from './failure.ts';

const DAY_SECONDS = 86_400;

/** The answer to a preflight. */
export const preflight = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': 'Authorization, X-API-Key, Content-Type, If-None-Match, Last-Event-ID, Cache-Control',
  'Access-Control-Max-Age': DAY_SECONDS,
  Vary: 'Origin, Access-Control-Request-Headers',
} as const;

/** Answers are for their reader alone: they are about a context that no cache can see. */
const answerHeaders = {
  'Cache-Control': 'private, no-cache',
  Vary: 'Authorization, X-API-Key, Origin',
  ...crossOrigin,
} as const;

export const sendAnswer = (response: ServerResponse, { status, body }: Answer<object>): void =>
  send(response, status, JSON.stringify(body));

/** Sends the answers of all flags, unless the client has the very same. True if they were sent. */
export function sendAll({ headers }: IncomingMessage, response: ServerResponse, { status, body }: Answer<object>): boolean {
  const text = JSON.stringify(body);
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  if (status === 200 && headers['if-none-match']?.includes(tag)) {
    response.writeHead(304, { ...answerHeaders, ETag: tag }).end();
    return false;
  }
  send(response, status, text, status === 200 ? { ETag: tag } : {});
  return true;
}

/** Answers with why a request was refused, in OFREP's words; one that is under way is cut. */
export function sendRefusal(
  response: ServerResponse,
  error: unknown,
  { requestId, key }: { readonly requestId: string; readonly key?: string },
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { code, message, retryAfterSeconds } = refusalFrom(error, requestId);
  const { status } = problems[code];
  const body = { ...(key !== undefined && { key }), ...failure(status === 400 ? 'PARSE_ERROR' : 'GENERAL', message) };
  send(response, status, JSON.stringify(body), refusalHeaders({ status, retryAfterSeconds }));
}

function send(response: ServerResponse, status: number, text: string, headers: OutgoingHttpHeaders = {}): void {
  response.writeHead(status, {
    ...answerHeaders,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}
