import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { openReader } from '../streams/stream-reader.test-kit.ts';
import { signUpOwner } from '../testing/people.ts';
import { type RunningServer, startServer, type StartOptions } from '../testing/running-server.ts';

export const secret = 'a-secret-that-all-processes-know';
const environment = '/api/v1/orgs/default/projects/default/environments/production';

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** What one answer to a poll says. */
export interface Polled {
  readonly status: number;
  readonly etag: string | null;
  readonly text: string;
}

/** A writer, with somebody who edits it, and further processes that serve SDKs what it made. Without Redis. */
export async function startCluster() {
  const running = new Set<RunningServer>();
  const start = async (options: StartOptions) => {
    const server = await startServer(options);
    running.add(server);
    return server;
  };
  const env = { PORT: String(await freePort()), TAFFRAIL_CLUSTER_SECRET: secret };
  let writer = await start({ env });
  const { folder, address } = writer;
  const { token } = await signUpOwner(writer);
  const send = <T>(method: string, path: string, body?: unknown) => writer.send<T>(method, path, { token, body });

  async function stop(server: RunningServer): Promise<void> {
    running.delete(server);
    await server.close();
  }

  return {
    address,
    writer: () => writer,
    stop,
    stopWriter: () => stop(writer),
    startWriter: async () => void (writer = await start({ env, folder })),
    /** A further process. */
    stream: (more: Readonly<Record<string, string>> = {}) =>
      start({ env: { ...env, PORT: '0', TAFFRAIL_ROLE: 'stream', TAFFRAIL_WRITER: address, ...more } }),
    send,
    createFlag: (key: string, more: object = {}) => send('POST', '/api/v1/orgs/default/projects/default/flags', { key, ...more }),
    turn: (flag: string, on: boolean) => send('POST', `${environment}/flags/${flag}/turn`, { on }),
    key: async (kind: 'server' | 'client', more: object = {}) =>
      (await send<{ id: string; secret: string }>('POST', `${environment}/keys`, { kind, name: kind, ...more })).body,
    revoke: (id: string) => send('DELETE', `${environment}/keys/${id}`),
    listKeys: async () => (await send<{ keys: { id: string; lastUsedAt?: string }[] }>('GET', `${environment}/keys`)).body.keys,
    connections: async () => (await send<{ processes: unknown[]; keys: unknown[] }>('GET', `${environment}/connections`)).body,
    async remove() {
      for (const server of running) if (server !== writer) await server.remove();
      if (running.has(writer)) await writer.remove();
    },
  };
}
export type Cluster = Awaited<ReturnType<typeof startCluster>>;

const bearer = (key: string, more: Readonly<Record<string, string>> = {}) => ({ authorization: `Bearer ${key}`, ...more });

export async function poll(server: { address: string }, key: string, query = '', headers = {}): Promise<Polled> {
  const response = await fetch(`${server.address}/sdk/v1/snapshot${query}`, { headers: bearer(key, headers) });
  return { status: response.status, etag: response.headers.get('etag'), text: await response.text() };
}

export const openStream = (server: { address: string }, key: string, headers = {}) =>
  openReader(`${server.address}/sdk/v1/stream`, bearer(key, headers));

/** `epoch.revision` of an answer to a poll. */
export function positionOf({ text }: Polled): string {
  const { epoch, revision } = JSON.parse(text.split('\n')[0] ?? '') as { epoch: string; revision: number };
  return `${epoch}.${revision}`;
}
