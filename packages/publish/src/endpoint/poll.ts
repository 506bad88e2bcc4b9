import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Coded, Coding } from '../coded.ts';
import { accepts } from './accepts.ts';
import type { Page } from './page.ts';
import { pollHeaders } from './sdk-headers.ts';

/** Brotli is slow: it is for a head that stands. */
const BROTLI_AFTER_MS = 10_000;
/** Below this, compressing gains nothing. */
const COMPRESSED_BYTES = 1_024;

/** The answer to a poll: nothing new, or a body in a coding. */
export type Answer =
  { readonly status: 304 } | { readonly status: 200; readonly body: Coded; readonly coding: Coding | undefined };

/** Decides what a reader at a position is answered. */
export function answerTo({ headers }: IncomingMessage, position: string | undefined, page: Page, nowMs: number): Answer {
  if (names(headers['if-none-match'], page.tag)) return { status: 304 };
  const body = page.body(position);
  return { status: 200, body, coding: codingFor(body, headers['accept-encoding'], nowMs - page.sinceMs) };
}

/** Whether an `If-None-Match` names the head, in whatever coding it was read. */
const names = (ifNoneMatch: string | undefined, tag: string): boolean =>
  ifNoneMatch !== undefined && (ifNoneMatch.includes(`"${tag}"`) || ifNoneMatch.includes(`"${tag}-`));

function codingFor(body: Coded, acceptEncoding: string | undefined, ageMs: number): Coding | undefined {
  if (body.plain.length < COMPRESSED_BYTES) return undefined;
  if (ageMs >= BROTLI_AFTER_MS && accepts(acceptEncoding, 'br')) {
    if (body.ready('br')) return 'br';
    void body.coded('br');
  }
  return accepts(acceptEncoding, 'gzip') ? 'gzip' : undefined;
}

/** Sends the answer; only who asks first for a coding waits for it. */
export function sendAnswer(response: ServerResponse, page: Page, answer: Answer): void {
  if (answer.status === 304) {
    response.writeHead(304, page.unchanged).end();
    return;
  }
  const { body, coding } = answer;
  const ready = coding ? body.ready(coding) : body.plain;
  if (ready) sendBody(response, page, ready, coding);
  else if (coding) void body.coded(coding).then((bytes) => sendBody(response, page, bytes, coding));
}

function sendBody(response: ServerResponse, { tag }: Page, bytes: Buffer, coding: Coding | undefined): void {
  response.writeHead(200, {
    ...pollHeaders,
    'Content-Type': 'application/x-ndjson',
    'Content-Length': bytes.length,
    ETag: coding ? `"${tag}-${coding}"` : `"${tag}"`,
    ...(coding && { 'Content-Encoding': coding }),
  });
  response.end(bytes);
}
