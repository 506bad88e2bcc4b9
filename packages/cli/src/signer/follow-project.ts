import type { Contracts } from '@taffrail/schema';
import type { Api } from '../api.ts';
import type { Places } from '../place.ts';

const stream = 'GET /orgs/:org/projects/:project/stream' satisfies keyof Contracts;

/**
 * Follows the stream of a project until it ends, and calls back when it has begun and for each commit that concerns shipments or key
 * lists. Throws where it cannot be followed.
 */
export async function followProject(api: Api, params: Places['project'], changed: (hasBegun: boolean) => void): Promise<void> {
  const { body } = await api.send(stream, { params });
  if (body === null) return;
  for await (const { name, data } of eventsIn(body)) {
    if (name === 'hello' || (name === 'commit' && concerns(data))) changed(name === 'hello');
  }
}

const concerned: ReadonlySet<unknown> = new Set(['shipment', 'line']);

function concerns(data: string): boolean {
  const { changes } = JSON.parse(data) as { readonly changes: readonly { readonly sort: string }[] };
  return changes.some(({ sort }) => concerned.has(sort));
}

interface Event {
  readonly name: string;
  readonly data: string;
}

/** What of an event is kept until its end comes: a server that never ends one fills nobody's memory. The poll makes up for it. */
const mostCharacters = 4_194_304;

/** Events as the server writes them: fields a line, and an empty line at the end of each. */
async function* eventsIn(body: ReadableStream<Uint8Array>): AsyncGenerator<Event> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of body) {
    const blocks = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    if (rest.length > mostCharacters) throw new Error('An event has no end: this is no stream of Taffrail.');
    yield* blocks.map(eventIn);
  }
}

function eventIn(block: string): Event {
  const fields = block.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]);
  const valuesOf = (name: string): string[] => fields.flatMap(([field, value = '']) => (field === name ? [value] : []));
  return { name: valuesOf('event').join(), data: valuesOf('data').join('\n') };
}
