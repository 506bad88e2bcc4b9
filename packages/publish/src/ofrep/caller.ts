import type { IncomingMessage } from 'node:http';
import type { ReaderKey } from '../endpoint/reader-key.ts';
import { bearerOf } from '../endpoint/sdk-caller.ts';
import { STREAM_PATH, type Target } from './target.ts';

/** `Authorization: Bearer` or `X-API-Key`; an event source of a browser can send neither, so a stream's key is in its address. */
export function secretOf(request: IncomingMessage, { act }: Target): string | undefined {
  const { url = '', headers } = request;
  const header = bearerOf(request) ?? headers['x-api-key'];
  if (header !== undefined || act !== 'stream') return typeof header === 'string' ? header : undefined;
  return new URLSearchParams(url.split('?', 2)[1]).get('key') ?? undefined;
}

/** Where a page is told when to ask again. Only a client key may be in an address: addresses are logged, and it is public. */
export function eventStreamsFor({ kind }: ReaderKey, secret: string | undefined): object {
  if (kind !== 'client' || secret === undefined) return {};
  return { eventStreams: [{ type: 'sse', endpoint: { requestUri: `${STREAM_PATH}?key=${encodeURIComponent(secret)}` } }] };
}
