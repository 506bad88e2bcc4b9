import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Flag } from '@taffrail/engine';
import { Feed, Hub, clientAudience } from '@taffrail/publish';

export const KEY = 'tf_cli_abcdefgh_0123456789';

export function switchFlag(key: string, isOn: boolean, more: Partial<Flag> = {}): Flag {
  const variants = { yes: true, no: false };
  return {
    key,
    type: 'boolean',
    on: true,
    variants,
    off: 'no',
    salt: key,
    fallthrough: { variant: isOn ? 'yes' : 'no' },
    ...more,
  };
}

const edits = (changed: readonly Flag[]) => changed.map((line) => ({ sort: 'f' as const, key: line.key, line, client: true }));

/** What may stand between a client and the wire: answers the request itself, or lets it pass. */
export type Obstacle = (request: IncomingMessage, response: ServerResponse) => boolean;

/** The two paths of the wire, over a feed. */
function answerer(feed: Feed, hub: Hub) {
  function stream({ headers }: IncomingMessage, response: ServerResponse): void {
    const gzip = headers['accept-encoding']?.includes('gzip') === true;
    response.writeHead(200, { 'content-type': 'text/event-stream', ...(gzip ? { 'content-encoding': 'gzip' } : {}) });
    hub.join(response, { key: KEY, gzip, from: headers['last-event-id'] as string | undefined });
  }

  function snapshot({ headers }: IncomingMessage, response: ServerResponse): void {
    const etag = `"${feed.epoch}.${feed.head}-client-1"`;
    const isKnown = headers['if-none-match'] === etag;
    response.writeHead(isKnown ? 304 : 200, { etag, 'content-type': 'application/x-ndjson' });
    response.end(isKnown ? undefined : feed.snapshot().join('\n'));
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    if (request.headers.authorization !== `Bearer ${KEY}`) response.writeHead(401).end('{}');
    else if (request.url?.startsWith('/sdk/v1/stream')) stream(request, response);
    else snapshot(request, response);
  };
}

/** A server that speaks the wire of one environment over HTTP, and takes down what reaches it. */
export async function startWire(flags: readonly Flag[], environment = 'production', epoch = 'e1') {
  const feed = new Feed({ audience: clientAudience('salt'), environment, epoch, revision: 0, edits: edits(flags) });
  const hub = new Hub({ feed, door: { leave() {} }, random: () => 0.5 });
  const answer = answerer(feed, hub);
  const requests: IncomingMessage[] = [];
  let obstacle: Obstacle | undefined;

  const server = createServer((request, response) => {
    requests.push(request);
    if (!obstacle?.(request, response)) answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    /** What a client would get now. */
    snapshot: () => feed.snapshot().join('\n'),
    streams: () => hub.streams,
    connections: () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count))),
    obstruct: (by?: Obstacle) => void (obstacle = by),
    async edit(...changed: Flag[]): Promise<void> {
      feed.apply(feed.revision + 1, edits(changed));
      await hub.advance();
    },
    goodbye: (reconnectInMs: number) => hub.end([{ reason: 'draining', reconnectInMs, fatal: false }]),
    /** Cuts every connection. */
    cut: () => server.closeAllConnections(),
    async stop(): Promise<void> {
      hub.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
