import process from 'node:process';
import type { Api } from 'taffrail/api';
import { expect, vi } from 'vitest';
import { type Redis, startRedis } from '../product/redis.ts';
import { freePort, newFolder, type Product, startProduct } from '../product/server.ts';
import { followHeads, type HeadReader } from './head-reader.ts';
import { setScene, turn } from './scene.ts';

/** `npm run faults` has the time for everything, `npm test` for as much as shows that it works. */
export const isFull = process.env.TAFFRAIL_FAULTS === 'full';

const secret = 'a-secret-that-all-processes-know';

/** One process that writes and some that stream, all of them built ones, with a Redis between them. */
export interface ClusterScene {
  readonly api: Api;
  readonly serverKey: string;
  readonly redis: Redis;
  readonly folder: string;
  /** As they run now: restarting one replaces it. */
  readonly streams: Product[];
  writer(): Product;
  startWriter(): Promise<void>;
  /** Starts one more, or one where another was. */
  startStream(more?: { readonly port?: number; readonly env?: Readonly<Record<string, string>> }): Promise<Product>;
  /** The writer's own answer to a poll: what all others must come to. */
  head(): Promise<Head>;
  close(): Promise<void>;
}

export interface Head {
  readonly position: string;
  readonly checksum: string;
}

export async function startClusterScene(count: number): Promise<ClusterScene> {
  const [redis, folder, port] = [await startRedis(), newFolder(), await freePort()];
  const started = new Set<Product>();
  const close = async (): Promise<void> => {
    redis.resume();
    await Promise.all([...Array.from(started, (product) => product.kill('SIGKILL')), redis.kill()]);
    folder.remove();
  };
  const start = async (options: Omit<Parameters<typeof startProduct>[0], 'folder'>) => {
    const product = await startProduct({ folder: folder.path, ...options });
    started.add(product);
    return product;
  };
  try {
    return { ...(await stage({ count, redis, port, start })), redis, folder: folder.path, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Stage {
  readonly count: number;
  readonly redis: Redis;
  /** Where the writer listens, whenever it runs. */
  readonly port: number;
  readonly start: (options: Omit<Parameters<typeof startProduct>[0], 'folder'>) => Promise<Product>;
}

async function stage({ count, redis, port, start }: Stage): Promise<Omit<ClusterScene, 'redis' | 'folder' | 'close'>> {
  const shared = { TAFFRAIL_CLUSTER_SECRET: secret, REDIS_URL: redis.url };
  const startWriter = () => start({ port, env: shared });
  let writer = await startWriter();
  const { api, serverKey } = await setScene(writer);
  const role = { TAFFRAIL_ROLE: 'stream', TAFFRAIL_WRITER: writer.url, ...shared };
  const startStream: ClusterScene['startStream'] = ({ port: at, env } = {}) =>
    start({ env: { ...role, ...env }, ...(at !== undefined && { port: at }) });
  const streams = await Promise.all(Array.from({ length: count }, () => startStream()));
  return {
    api,
    serverKey,
    streams,
    startStream,
    writer: () => writer,
    startWriter: async () => void (writer = await startWriter()),
    head: () => headOf(writer.url, serverKey),
  };
}

/** What a process answers to a poll. */
export async function headOf(url: string, key: string): Promise<Head> {
  const answer = await fetch(`${url}/sdk/v1/snapshot`, { headers: { authorization: `Bearer ${key}` } });
  const header = JSON.parse((await answer.text()).split('\n')[0] ?? '') as { epoch: string; revision: number; checksum: string };
  return { position: `${header.epoch}.${header.revision}`, checksum: header.checksum };
}

/** Opens readers, the same number at each process, and waits until each has a state. */
export async function readAt(products: readonly Product[], key: string, each: number): Promise<HeadReader[]> {
  const readers = products.flatMap(({ url }) => Array.from({ length: each }, () => followHeads(url, key)));
  await vi.waitFor(() => expect(readers.filter((reader) => reader.state().position === '')).toHaveLength(0), patience);
  return readers;
}

const patience = { timeout: 20_000, interval: 10 };

/** Makes changes one after the other; answers how many. */
export async function makeChanges({ api }: Pick<ClusterScene, 'api'>, count: number): Promise<number> {
  for (let change = 0; change < count; change++) await turn(api, change % 2 === 0);
  return count;
}

/** Waits until every reader has the writer's head, byte for byte. Answers how long that took. */
export async function converge(scene: Pick<ClusterScene, 'head'>, readers: readonly HeadReader[]): Promise<number> {
  const startedMs = performance.now();
  const head = await scene.head();
  const behind = () => readers.filter((reader) => reader.state().position !== head.position);
  await vi.waitFor(() => expect(behind()).toHaveLength(0), patience);
  const tookMs = performance.now() - startedMs;
  expect(new Set(readers.map((reader) => reader.state().checksum))).toEqual(new Set([head.checksum]));
  expect(readers.flatMap(({ gaps }) => gaps)).toEqual([]);
  return tookMs;
}
