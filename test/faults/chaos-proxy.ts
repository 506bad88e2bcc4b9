import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What befalls a connection: it may answer by itself, or pass what is said on to the server. */
export type Trouble = (client: Socket, server: () => Socket) => void;

/** A proxy that harms what goes through it, and counts. */
export interface ChaosProxy {
  readonly url: string;
  /** Requests for lines since the start, those of a browser's own (OPTIONS) too; and how many connections had one at most, at one time. */
  readonly counts: Readonly<{ attempts: number; most: number }>;
  /** How many connections that asked for lines are open. */
  open(): number;
  /** From now on every connection meets this; absent: none. Those that are open are cut, so that they meet it too. */
  trouble(trouble?: Trouble): void;
  /** Where connections lead from now on. */
  lead(url: string): void;
  close(): Promise<void>;
}

/** Passes everything on. */
export const pass: Trouble = (client, server) => {
  const upstream = server();
  client.pipe(upstream).pipe(client);
};

export async function startChaosProxy(target: string): Promise<ChaosProxy> {
  let [port, meets] = [Number(new URL(target).port), pass];
  const sockets = new Set<Socket>();
  const asking = new Set<Socket>();
  const counts = { attempts: 0, most: 0 };

  /** A page's browser asks by OPTIONS first, and may open connections that it never uses: those are not the SDK's. */
  function count(socket: Socket, chunk: Buffer): void {
    const [method = ''] = /^(GET|OPTIONS) (?=\/sdk\/)/.exec(chunk.toString('latin1', 0, 20)) ?? [];
    if (method !== '') counts.attempts += 1;
    if (method !== 'GET ') return;
    asking.add(socket);
    counts.most = Math.max(counts.most, asking.size);
  }

  function keep(socket: Socket): Socket {
    sockets.add(socket.setNoDelay(true));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => (sockets.delete(socket), asking.delete(socket)));
    return socket;
  }

  const server = createServer({ allowHalfOpen: true }, (client) => {
    keep(client).on('data', (chunk: Buffer) => count(client, chunk));
    meets(client, () => {
      const upstream = keep(connect(port, '127.0.0.1'));
      client.on('close', () => upstream.destroy());
      upstream.on('close', () => client.destroy());
      return upstream;
    });
    client.on('end', () => client.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    open: () => asking.size,
    trouble(trouble = pass) {
      meets = trouble;
      for (const socket of sockets) socket.destroy();
    },
    lead: (url) => void (port = Number(new URL(url).port)),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
