import { converse } from '../child.mjs';
import { signIn } from '../product/api.mjs';
import { withDataFolder, withServer } from '../product/server.mjs';
import { atMost, bytes, number } from '../report/numbers.mjs';

const STREAMS = 1000;
const MOST_BYTES = 12_000;
const listeners = new URL('listeners.child.mjs', import.meta.url);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a connected stream that hears nothing costs the server in memory, plain and compressed. */
export async function idleStreams(quick) {
  const count = quick ? STREAMS / 4 : STREAMS;
  const rows = [];
  for (const coding of ['identity', 'gzip']) {
    const each = await memoryOf(count, coding);
    rows.push([coding === 'gzip' ? 'gzip' : 'plain', bytes(each), atMost(MOST_BYTES, each, bytes)]);
  }
  return {
    table: { title: `${number(count)} idle streams`, columns: ['coding', 'server memory (RSS) each', 'aim'], rows },
    notes: [
      'Memory is read after a collection, before and while the streams stand; as many have stood before and gone, so that what a server sets aside once is not counted.',
    ],
  };
}

const memoryOf = (count, coding) =>
  withDataFolder((folder) =>
    withServer(folder, async (server) => {
      const api = await signIn(server);
      const key = await api.createKey('server');
      await api.createFlag({ key: 'idle' });
      api.close();
      await standing(server, { key, count, coding }, () => {});
      const { rssBytes: before } = await server.ask('collect');
      const { rssBytes: after } = await standing(server, { key, count, coding }, () => server.ask('collect'));
      return (after - before) / count;
    }),
  );

async function standing(server, { key, count, coding }, use) {
  const child = converse(listeners, [server.url, key, count, coding]);
  try {
    await child.answer();
    await pause(1000);
    return await use();
  } finally {
    child.end();
    await pause(1000);
  }
}
