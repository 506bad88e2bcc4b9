import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** How often a proxy asks each process whether it is ready. */
const HEALTH_MS = 500;

/** A proxy in front of several processes, as operators have one: it passes connections on, in turn, to those that say they are ready. */
export interface Proxy {
  readonly url: string;
  /** Cuts every connection and takes no more, until `heal`. */
  cut(): void;
  heal(): void;
  close(): Promise<void>;
}

/** Starts one. Without `health` it believes that all are ready. */
export async function startProxy(targets: readonly string[], { health = true } = {}): Promise<Proxy> {
  const ports = targets.map((target) => Number(new URL(target).port));
  const sockets = new Set<Socket>();
  let ready = ports;
  let [turn, isCut] = [0, false];

  const server = createServer((client) => {
    const port = ready[turn++ % Math.max(1, ready.length)];
    if (isCut || port === undefined) return void client.destroy();
    const upstream = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => (sockets.delete(one), other.destroySoon()));
      one.pipe(other);
    }
  });

  async function askAll(): Promise<void> {
    const answers = await Promise.all(ports.map((port) => isReady(port)));
    ready = ports.filter((_, index) => answers[index]);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  if (health) await askAll();
  const asking = health ? setInterval(() => void askAll(), HEALTH_MS) : undefined;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    heal: () => void (isCut = false),
    async close() {
      clearInterval(asking);
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function isReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { headers: { connection: 'close' } });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
