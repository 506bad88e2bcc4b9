import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { createClient } from '@taffrail/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProxy } from '../product/proxy.ts';
import { newFolder } from '../product/server.ts';
import { type ClusterScene, converge, headOf, isFull, makeChanges, readAt, startClusterScene } from './cluster-scene.ts';
import { flag, turn } from './scene.ts';

const cli = fileURLToPath(new URL('../../packages/cli/bin/taffrail.js', import.meta.url));
let scene: ClusterScene;
beforeAll(async () => void (scene = await startClusterScene(3)));
// Where it could not be started there is none.
afterAll(() => (scene as ClusterScene | undefined)?.close());

test('streams stay while the writer is killed and started again, and go on from there', async () => {
  const readers = await readAt(scene.streams, scene.serverKey, 20);
  for (let kill = 0; kill < (isFull ? 10 : 2); kill++) {
    await makeChanges(scene, 5);
    await scene.writer().kill('SIGKILL');
    await scene.startWriter();
    await makeChanges(scene, 5);
    await converge(scene, readers);
  }
  expect(readers.map((reader) => reader.reopened())).toEqual(readers.map(() => 0));
  for (const reader of readers) reader.close();
});

test('a backup that is put back reaches every reader, through every process', async () => {
  const backups = newFolder();
  const backup = join(backups.path, 'taffrail.db');
  const onTheWriter = (command: string) =>
    execFileSync(process.execPath, [cli, command, backup, '--data', scene.folder], { stdio: 'pipe' });
  const readers = await readAt(scene.streams, scene.serverKey, 5);
  await turn(scene.api, true);
  onTheWriter('backup');
  await makeChanges(scene, 3);
  await converge(scene, readers);
  const undone = await scene.head();

  await scene.writer().kill('SIGTERM');
  onTheWriter('restore');
  await scene.startWriter();
  await makeChanges(scene, 3);
  await converge(scene, readers);
  const head = await scene.head();
  expect(head.position.split('.')[0]).not.toBe(undone.position.split('.')[0]);
  for (const { url } of scene.streams) expect(await headOf(url, scene.serverKey)).toEqual(head);
  for (const reader of readers) reader.close();
  backups.remove();
});

test('every process hears who serves whom, and forgets one that is killed', async () => {
  const readers = await readAt(scene.streams, scene.serverKey, 4);
  const [first, second] = scene.streams;
  await expect.poll(() => elsewhere(scene.writer().url), { timeout: 10_000 }).toEqual([4, 4, 4]);
  await expect.poll(() => elsewhere(second?.url ?? ''), { timeout: 10_000 }).toEqual([0, 4, 4]);
  await first?.kill('SIGKILL');
  await expect.poll(() => elsewhere(scene.writer().url), { timeout: 20_000 }).toEqual([4, 4]);
  await expect.poll(() => elsewhere(second?.url ?? ''), { timeout: 20_000 }).toEqual([0, 4]);
  for (const reader of readers) reader.close();
});

/** The streams of other processes that a process has heard of, the fewest first. */
async function elsewhere(url: string): Promise<number[]> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith('taffrail_streams_elsewhere{'));
  return lines.map((line) => Number(line.split(' ').at(-1))).sort((a, b) => a - b);
}

test(
  'restarting one process after the other fails no request, and no SDK shows that it is stale',
  { timeout: 300_000 },
  async () => {
    // Behind a proxy a process gives notice before it stops listening.
    const behindProxy = { TAFFRAIL_PROXIES: '1' };
    await Promise.all(scene.streams.map((stream) => stream.kill('SIGKILL')));
    const streams = await Promise.all(scene.streams.map(() => scene.startStream({ env: behindProxy })));
    const proxy = await startProxy(streams.map(({ url }) => url));
    const clients = Array.from({ length: 30 }, () => createClient({ url: proxy.url, key: scene.serverKey, cacheFolder: false }));
    expect(await Promise.all(clients.map((client) => client.ready()))).toEqual(clients.map(() => 'READY'));
    const shown = new Set<string>();
    const watching = setInterval(() => clients.forEach((client) => shown.add(client.state)), 10);
    const polling = pollSteadily(proxy.url, scene.serverKey);

    for (const [index, { url }] of streams.entries()) {
      expect(await streams[index]?.kill('SIGTERM')).toBe(0);
      await turn(scene.api, index % 2 === 0);
      streams[index] = await scene.startStream({ port: Number(new URL(url).port), env: behindProxy });
    }
    await turn(scene.api, false);
    await turn(scene.api, true);
    await expect
      .poll(() => clients.filter((client) => client.isEnabled(flag, { org: 'acme' })).length, { timeout: 20_000 })
      .toBe(30);

    clearInterval(watching);
    const { asked, failures } = await polling.stop();
    process.stdout.write(`${asked} requests while three processes were restarted, ${failures.length} failed\n`);
    expect(failures).toEqual([]);
    expect(asked).toBeGreaterThan(500);
    expect([...shown]).toEqual(['READY']);
    await Promise.all(clients.map((client) => client.close()));
    await proxy.close();
  },
);

/** Asks for the snapshot over and over, four at a time, over connections that stay open. */
function pollSteadily(url: string, key: string) {
  const failures: string[] = [];
  const over = new AbortController();
  let asked = 0;
  const ask = async (): Promise<void> => {
    asked += 1;
    const answer = await fetch(`${url}/sdk/v1/snapshot`, { headers: { authorization: `Bearer ${key}` } });
    const text = await answer.text();
    if (!answer.ok) failures.push(`${answer.status} ${text}`);
  };
  const askOn = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await ask().catch((error: Error) => failures.push(inspect(error)));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const asking = Promise.all(Array.from({ length: 4 }, askOn));
  return {
    async stop() {
      over.abort();
      await asking;
      return { asked, failures };
    },
  };
}
