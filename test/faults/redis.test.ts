import { afterAll, beforeAll, expect, it, test, vi } from 'vitest';
import { startProxy } from '../product/proxy.ts';
import type { Redis } from '../product/redis.ts';
import { type ClusterScene, converge, headOf, isFull, makeChanges, readAt, startClusterScene } from './cluster-scene.ts';
import type { HeadReader } from './head-reader.ts';
import { turn } from './scene.ts';

const changes = isFull ? 2_000 : 100;
const readersEach = isFull ? 50 : 10;
/** Between two looks at whether everybody has come along. */
const batch = 50;
let scene: ClusterScene;
let readers: HeadReader[] = [];

beforeAll(async () => {
  scene = await startClusterScene(3);
  readers = await readAt(scene.streams, scene.serverKey, readersEach);
});
afterAll(async () => {
  for (const reader of readers) reader.close();
  // Where it could not be started there is none.
  await (scene as ClusterScene | undefined)?.close();
});

type Injection = (redis: Redis) => () => Promise<void>;

/** Does something over and over, until it is ended. */
function again(everyMs: number, act: (redis: Redis, time: number) => unknown): Injection {
  return (redis) => {
    const over = new AbortController();
    let time = 0;
    const going = (async () => {
      while (!over.signal.aborted) {
        await act(redis, time++);
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
    })();
    return async () => {
      over.abort();
      await going;
      if ((await redis.send('PING').catch(() => '')) !== '+PONG') await redis.start();
    };
  };
}

const injections: Readonly<Record<string, Injection>> = {
  there: () => async () => {},
  killed: (redis) => {
    void redis.kill();
    return () => redis.start();
  },
  'there and gone in turn, a second each': again(1_000, (redis, time) => (time % 2 === 0 ? redis.kill() : redis.start())),
  'emptied over and over': again(100, (redis) => redis.send('FLUSHALL')),
  'cutting its listeners off': again(300, (redis) => redis.send('CLIENT KILL TYPE pubsub')),
  'refusing to write': (redis) => {
    void redis.send('CONFIG SET maxmemory 1');
    return async () => void (await redis.send('CONFIG SET maxmemory 0'));
  },
  paused: (redis) => {
    redis.pause();
    return async () => redis.resume();
  },
};

it.each(Object.entries(injections))(
  `no change of ${changes} is lost while Redis is %s`,
  { timeout: 600_000 },
  async (name, inject) => {
    const end = inject(scene.redis);
    const tookMs: number[] = [];
    for (let made = 0; made < changes; made += batch) {
      await makeChanges(scene, batch);
      tookMs.push(await converge(scene, readers));
    }
    await end();
    await makeChanges(scene, 1);
    await converge(scene, readers);
    expect(readers.map((reader) => reader.reopened())).toEqual(readers.map(() => 0));
    process.stdout.write(`Redis ${name}: everybody was at the head after ${Math.round(Math.max(...tookMs))} ms at the most\n`);
  },
);

test('hints and lines in Redis carry a change to a process that cannot reach the writer', async () => {
  const way = await startProxy([scene.writer().url], { health: false });
  const cutOff = await scene.startStream({ env: { TAFFRAIL_WRITER: way.url } });
  const [reader] = await readAt([cutOff], scene.serverKey, 1);
  if (!reader) throw new Error('There is no reader.');
  try {
    way.cut();
    await vi.waitFor(() => expect(cutOff.output()).toContain('is away'), { timeout: 10_000 });
    for (const on of [true, false, true]) {
      await turn(scene.api, on);
      await converge(scene, [reader]);
    }
  } finally {
    reader.close();
    await Promise.all([way.close(), cutOff.kill('SIGKILL')]);
  }
});

test('a process that starts while the writer is down serves what stands in Redis, to the keys that it finds there', async () => {
  await makeChanges(scene, 2);
  await converge(scene, readers);
  const before = await scene.head();
  await scene.writer().kill('SIGKILL');
  const late = await scene.startStream();
  expect(await headOf(late.url, scene.serverKey)).toEqual(before);
  await scene.startWriter();
  await makeChanges(scene, 1);
  const [reader] = await readAt([late], scene.serverKey, 1);
  await converge(scene, [...readers, ...(reader ? [reader] : [])]);
  reader?.close();
  await late.kill('SIGKILL');
});
