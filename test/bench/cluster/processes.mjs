import { converse } from '../child.mjs';
import { signIn } from '../product/api.mjs';
import { withDataFolder, withServer } from '../product/server.mjs';
import { withRedis } from './redis.mjs';

const secret = 'a-secret-that-all-processes-know';
const readers = new URL('readers.child.mjs', import.meta.url);

/** One process that writes, some that stream what it writes to many readers, and a Redis between them. */
export const withCluster = ({ streams, clients }, use) =>
  withRedis((redis) =>
    withDataFolder((folder) => {
      const shared = { TAFFRAIL_CLUSTER_SECRET: secret, REDIS_URL: redis.url };
      return withServer(
        folder,
        async (writer) => {
          const env = { ...shared, TAFFRAIL_ROLE: 'stream', TAFFRAIL_WRITER: writer.url };
          const api = await signIn(writer);
          const key = await api.createKey('server');
          await api.createFlag({ key: 'spread' });
          return withServers(streams, folder, env, (processes) =>
            withReaders(processes, key, Math.ceil(clients / streams), (children) =>
              use({ redis, writer, processes, change: createChange(api), follow: (head) => allAt(children, head) }),
            ),
          ).finally(() => api.close());
        },
        shared,
      );
    }),
  );

/** So many servers at once. */
function withServers(count, folder, env, use, started = []) {
  if (count === 0) return use(started);
  return withServer(folder, (server) => withServers(count - 1, folder, env, use, [...started, server]), env);
}

async function withReaders(processes, key, each, use) {
  const children = processes.map(({ url }) => converse(readers, [url, key, each]));
  try {
    await Promise.all(children.map((child) => child.answer()));
    return await use(children);
  } finally {
    for (const child of children) child.end();
  }
}

/** Turns a flag on and off. Answers the revision. */
function createChange(api) {
  let isOn = false;
  return async () => (await api.turn('spread', (isOn = !isOn))).revision;
}

/** Waits until every reader of every process has come to a head. */
async function allAt(children, head) {
  const said = await Promise.all(children.map((child) => child.ask(head)));
  const sum = (name) => said.reduce((total, each) => total + each[name], 0);
  return {
    firstMs: Math.min(...said.map(({ firstMs }) => firstMs)),
    lastMs: Math.max(...said.map(({ lastMs }) => lastMs)),
    lost: sum('lost'),
    ended: sum('ended'),
  };
}
