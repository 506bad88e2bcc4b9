import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Flag } from '@taffrail/engine';
import { type Edit, serverAudience } from './audience.ts';
import { Feed } from './feed.ts';
import { Hub } from './hub.ts';

/** One event as a reader gets it. */
export interface Event {
  readonly name: string;
  readonly id?: string;
  readonly data: readonly string[];
}

const flagEdit = (key: string, value: string): Edit => {
  const line: Flag = { key, type: 'string', on: true, variants: { a: value }, salt: key, fallthrough: { variant: 'a' } };
  return { sort: 'f', key, line };
};

/** The events in a text that ends with one. */
function eventsIn(text: string): Event[] {
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('event: '))
    .map((block) => {
      const fields = block
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const);
      const of = (name: string) => fields.flatMap(([field, value]) => (field === name ? [value] : []));
      const [id] = of('id');
      return { name: of('event')[0] ?? '', ...(id !== undefined && { id }), data: of('data') };
    });
}

/** A hub behind a real HTTP server, with a feed to move. */
export async function startHub() {
  const edits = [flagEdit('flag', '0')];
  const feed = new Feed({ audience: serverAudience(), environment: 'production', epoch: 'e', revision: 0, edits });
  const left: string[] = [];
  const hub = new Hub({ feed, door: { leave: (key) => void left.push(key) }, random: () => 0.5 });
  const responses: ServerResponse[] = [];
  const server = createServer((request, response) => {
    responses.push(response);
    joinHub(hub, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const open = (query = '') => openStream(port, query);

  /** Changes a flag and tells the hub. */
  async function change(revision: number, value = String(revision), key = 'flag'): Promise<void> {
    feed.apply(revision, [flagEdit(key, value)]);
    await hub.advance();
  }

  function close(): Promise<unknown> {
    hub.close();
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  }

  return { feed, hub, left, responses, url: `http://127.0.0.1:${port}`, open, change, close };
}

function joinHub(hub: Hub, { url = '' }: IncomingMessage, response: ServerResponse): void {
  const { searchParams } = new URL(url, 'http://localhost');
  const gzip = searchParams.has('gzip');
  response.writeHead(200, { 'Content-Type': 'text/event-stream', ...(gzip && { 'Content-Encoding': 'gzip' }) });
  hub.join(response, { key: searchParams.get('key') ?? 'key', gzip, from: searchParams.get('from') ?? undefined });
}

/** Opens a stream of which nothing is read until somebody does. */
async function openStream(port: number, query: string): Promise<IncomingMessage> {
  const asked = request({ port, host: '127.0.0.1', path: `/?${query}`, agent: false }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return response.setEncoding('utf8');
}

/** Reads on until the event with an id has come, or the end. */
export async function readTo(id: string, reader: IncomingMessage): Promise<Event[]> {
  let [text, hasBegun] = ['', false];
  for await (const chunk of reader as AsyncIterable<string>) {
    hasBegun ||= (text.slice(-100) + chunk).includes(`id: ${id}\n`);
    text += chunk;
    if (hasBegun && text.endsWith('\n\n')) break;
  }
  return eventsIn(text);
}

/** Reads a stream with Node's fetch until enough events have come, or the end. */
export async function readEvents(url: string, enough: (events: readonly Event[]) => boolean): Promise<Event[]> {
  const { body } = await fetch(url);
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (enough(eventsIn(text.slice(0, text.lastIndexOf('\n\n') + 2)))) break;
  }
  return eventsIn(text);
}
