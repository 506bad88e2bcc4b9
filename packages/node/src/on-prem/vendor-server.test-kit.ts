import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeEvent } from '@taffrail/publish';

export const INSTALL_KEY = 'tf_ins_abcdefgh_0123456789';

/** What may stand between a site and its vendor: answers the request itself, or lets it pass. */
export type Obstacle = (request: IncomingMessage, response: ServerResponse) => boolean;

type Event = readonly [name: string, data: string];

const HELLO = JSON.stringify({ line: 'main', release: '8.4.0', heartbeatMs: 30_000, capabilities: [] });

const write = (response: ServerResponse, [name, data]: Event): void => void response.write(encodeEvent(name, data.split('\n')));

/** What a vendor says, and what reaches it. */
function createSpeech() {
  const requests: { readonly path: string; readonly query: Record<string, string> }[] = [];
  const acks: Record<string, unknown>[] = [];
  const streams = new Set<ServerResponse>();
  const says = { opening: [] as readonly Event[], newest: {} as unknown, obstacle: undefined as Obstacle | undefined };

  function open(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    streams.add(response);
    response.once('close', () => streams.delete(response));
    for (const event of [['hello', HELLO] as const, ...says.opening]) write(response, event);
  }

  async function acknowledged(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const piece of request.setEncoding('utf8')) text += String(piece);
    acks.push(JSON.parse(text) as Record<string, unknown>);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname: path, searchParams } = new URL(request.url ?? '', 'http://vendor');
    requests.push({ path, query: Object.fromEntries(searchParams) });
    if (says.obstacle?.(request, response)) return;
    if (request.headers.authorization !== `Bearer ${INSTALL_KEY}`) response.writeHead(401).end('{}');
    else if (path === '/install/v1/acks') void acknowledged(request, response);
    else if (path === '/install/v1/shipments/main/stream') open(response);
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(says.newest));
  }

  return { requests, acks, streams, says, answer };
}

/** A vendor that speaks the wire of installs over HTTP, says what it is told to, and takes down what reaches it. */
export async function startVendor() {
  const { requests, acks, streams, says, answer } = createSpeech();
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    acks,
    streams: () => streams.size,
    /** What a stream begins with, after its hello. */
    begin: (...events: readonly Event[]) => void (says.opening = events),
    /** What a poll answers. */
    hold: (body: unknown) => void (says.newest = body),
    say(...events: readonly Event[]): void {
      for (const response of streams) for (const event of events) write(response, event);
    },
    /** Cuts every connection. */
    drop: () => server.closeAllConnections(),
    obstruct: (by?: Obstacle) => void (says.obstacle = by),
    /** Nobody listens any more. */
    async leave(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
