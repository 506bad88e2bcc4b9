import { converse } from '../child.mjs';
import { withBareServer } from '../product/bare.mjs';
import { signIn } from '../product/api.mjs';
import { withDataFolder, withServer } from '../product/server.mjs';
import { atMost, bytes, number } from '../report/numbers.mjs';

const STREAMS = 2500;
const FEW_STREAMS = 500;
const SETTLE_MS = 1000;
const MOST_BYTES = 12_000;
const listeners = new URL('listeners.child.mjs', import.meta.url);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a connected stream that hears nothing costs the server in memory: plain, compressed, and one of a server that does nothing else. */
export async function idleStreams() {
  const plain = await withProduct('identity');
  const gzip = await withProduct('gzip');
  const bare = await withBareServer(0, (server) => memoryOf(server, 'none', 'identity'));
  const rows = [
    [...cells('plain', plain), atMost(MOST_BYTES, plain.rssBytes, bytes)],
    [...cells('gzip', gzip), atMost(MOST_BYTES, gzip.rssBytes, bytes)],
    [...cells('plain, bare node:http', bare), ''],
  ];
  return {
    table: {
      title: `${number(FEW_STREAMS + STREAMS)} idle streams`,
      columns: ['coding', 'server memory (RSS) each', 'of which heap', 'aim'],
      rows,
    },
    notes: [
      `Memory is what ${number(STREAMS)} streams add to ${FEW_STREAMS} that stand already, each time after a collection; fewer say more of the collector than of streams.`,
    ],
  };
}

const cells = (coding, { rssBytes, heapBytes }) => [coding, bytes(rssBytes), bytes(heapBytes)];

const withProduct = (coding) =>
  withDataFolder((folder) =>
    withServer(folder, async (server) => {
      const api = await signIn(server);
      const key = await api.createKey('server');
      await api.createFlag({ key: 'idle' });
      api.close();
      return memoryOf(server, key, coding);
    }),
  );

/** The slope between few streams and many: what a server sets aside once does not count. */
function memoryOf(server, key, coding) {
  const stand = (streams, use) => standing([server.url, key, streams, coding], use);
  return stand(FEW_STREAMS, async () => {
    const few = await server.ask('collect');
    const many = await stand(STREAMS, () => server.ask('collect'));
    const each = (figure) => (many[figure] - few[figure]) / STREAMS;
    return { rssBytes: each('rssBytes'), heapBytes: each('heapBytes') };
  });
}

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
