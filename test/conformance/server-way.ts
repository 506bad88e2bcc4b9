import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checksumOf, parseSnapshot } from '@taffrail/engine';
import { type Channel, createDoor, doorLimits, FeedCopy, openChannel } from '@taffrail/publish';
import { createOfrepEndpoint } from '@taffrail/publish/ofrep';
import { allRows } from '../../packages/engine/src/set.test-kit.ts';
import { askAll, askOne } from './ofrep.ts';
import type { Way } from './way.ts';

/** OFREP over HTTP, by the endpoint of the server and of the relay. One snapshot is served at a time. */
export async function openServer(by: 'one' | 'all'): Promise<Way> {
  let nowMs = 0;
  let channel: Channel | undefined;
  const endpoint = createOfrepEndpoint({
    backend: {
      sdkKey: () => ({ id: 'key', kind: 'server', origins: [] }),
      channelOf: () => channel ?? Promise.reject(new Error('Nothing is served yet.')),
    },
    door: createDoor(doorLimits, () => nowMs, Math.random),
    nowMs: () => nowMs,
    newId: () => 'request',
    onFailure: (error) => console.error(error),
    rate: false,
  });
  const server = createServer((request, response) => void endpoint.tryHandle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ofrep/v1/evaluate/flags`;
  return {
    ask(text, questions, atMs) {
      channel?.close();
      [nowMs, channel] = [atMs, channelFor(text, atMs)];
      return by === 'all' ? askAll(url, questions) : Promise.all(questions.map((question) => askOne(url, question)));
    },
    async close() {
      channel?.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The lines as a process has them that follows the one which makes them. */
function channelFor(text: string, nowMs: number): Channel {
  const { snapshot, error } = parseSnapshot(text);
  if (!snapshot) throw new Error(error);
  const { items, header } = snapshot;
  const { audience, epoch, flags, segments, revision: head } = header;
  const whole = { audience, epoch, environment: 'production', head, from: undefined, steps: [], items, flags, segments };
  const feed = FeedCopy.of({ ...whole, checksum: checksumOf(items) });
  if (!feed) throw new Error('The lines do not sum.');
  return openChannel({ door: { leave() {} }, random: () => 0.5, nowMs: () => nowMs, rows: allRows }, feed);
}
