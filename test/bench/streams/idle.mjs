import { converse } from '../child.mjs';
import { signIn } from '../product/api.mjs';
import { withDataFolder, withServer } from '../product/server.mjs';
import { atMost, bytes, number } from '../report/numbers.mjs';

const STREAMS = 2500;
const FEW_STREAMS = 500;
const SETTLE_MS = 1000;
const MOST_BYTES = 12_000;
const listeners = new URL('listeners.child.mjs', import.meta.url);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a connected stream that hears nothing costs the server in memory, plain and compressed. */
export async function idleStreams() {
  const rows = [];
  for (const coding of ['identity', 'gzip']) {
    const each = await memoryOf(coding);
    rows.push([coding === 'gzip' ? 'gzip' : 'plain', bytes(each), atMost(MOST_BYTES, each, bytes)]);
  }
  return {
    table: {
      title: `${number(FEW_STREAMS + STREAMS)} idle streams`,
      columns: ['coding', 'server memory (RSS) each', 'aim'],
      rows,
    },
    notes: [
      `Memory is what ${number(STREAMS)} streams add to ${FEW_STREAMS} that stand already, each time after a collection; fewer say more of the collector than of streams.`,
    ],
  };
}

/** The slope between few streams and many: what a server sets aside once does not count. */
const memoryOf = (coding) =>
  withDataFolder((folder) =>
    withServer(folder, async (server) => {
      const api = await signIn(server);
      const key = await api.createKey('server');
      await api.createFlag({ key: 'idle' });
      api.close();
      const stand = (streams, use) => standing([server.url, key, streams, coding], use);
      return stand(FEW_STREAMS, async () => {
        const { rssBytes: few } = await server.ask('collect');
        const { rssBytes: many } = await stand(STREAMS, () => server.ask('collect'));
        return (many - few) / STREAMS;
      });
    }),
  );

async function standing(args, use) {
  const child = converse(listeners, args);
  try {
    await child.answer();
    await pause(SETTLE_MS);
    return await use();
  } finally {
    child.end();
  }
}
