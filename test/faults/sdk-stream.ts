import { get, type IncomingMessage } from 'node:http';

/** One event of a stream. */
interface Event {
  readonly name: string;
  readonly id: string | undefined;
  readonly data: readonly string[];
}

/** A stream as a client reads it that is no SDK of ours: no more is done than what a test says. */
export interface SdkStream {
  readonly response: IncomingMessage;
  readonly events: readonly Event[];
  /** Resolves at the first event, come or still to come, that is looked for. Rejects when the stream ends without. */
  find(isIt: (event: Event) => boolean): Promise<Event>;
  /** Resolves when the stream has ended; true if the server ended it in order. */
  readonly ended: Promise<boolean>;
  close(): void;
}

/** Opens a stream, from a position if one is known. */
export async function openSdkStream(url: string, key: string, from?: string): Promise<SdkStream> {
  const headers = { authorization: `Bearer ${key}`, ...(from !== undefined && { 'last-event-id': from }) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${url}/sdk/v1/stream`, { headers, agent: false }, resolve).on('error', reject);
  });
  const events: Event[] = [];
  const waiting = new Set<() => void>();
  const tell = (): void => waiting.forEach((check) => check());
  let rest = '';
  response.setEncoding('utf8').on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    events.push(...blocks.flatMap((block) => eventOf(block) ?? []));
    tell();
  });
  response.on('error', () => {});
  const ended = new Promise<boolean>((resolve) => response.once('close', () => (resolve(response.complete), tell())));
  return {
    response,
    events,
    ended,
    close: () => void response.destroy(),
    find: (isIt) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const found = events.find(isIt);
          if (found) resolve(found);
          else if (response.closed) reject(new Error(`The stream ended after ${events.map(({ name }) => name).join(', ')}`));
          else return;
          waiting.delete(check);
        };
        waiting.add(check);
        check();
      }),
  };
}

function eventOf(block: string): Event | undefined {
  const fields = block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const);
  const of = (name: string) => fields.flatMap(([field, value]) => (field === name ? [value] : []));
  const [name] = of('event');
  return name === undefined ? undefined : { name, id: of('id')[0], data: of('data') };
}
