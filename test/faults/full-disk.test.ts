import { createClient } from '@taffrail/node';
import { Refusal } from 'taffrail/api';
import { afterEach, expect, test } from 'vitest';
import { place, startProduct, type Product } from '../product/server.ts';
import { brokenAt, describeFlag, flag, setScene, turn, type Scene } from './scene.ts';
import { canMount, mountSmallDisk, type SmallDisk } from './small-disk.ts';

let disk: SmallDisk | undefined;
let product: Product | undefined;

afterEach(async () => {
  await product?.kill('SIGKILL');
  disk?.remove();
  [disk, product] = [undefined, undefined];
});

test.skipIf(!canMount)(
  'a full disk refuses writes and nothing else, loses none, and is forgotten when there is room',
  async () => {
    disk = mountSmallDisk(2_000);
    product = await startProduct({ folder: disk.path });
    const scene = await setScene(product);
    await turn(scene.api, true);
    const flags = createClient({ url: product.url, key: scene.serverKey, cacheFolder: false });
    try {
      expect(await flags.ready()).toBe('READY');

      await writeUntilRefused(scene);
      disk.fill();
      const { acked, refusal } = await writeUntilRefused(scene);
      expect(refusal.problem).toMatchObject({ status: 503, code: 'STORAGE_FAILED' });
      expect(refusal.message).toMatch(/Nothing was changed; .*try again\.$/);
      expect(await described(scene)).toBe(acked);
      expect(flags.isEnabled(flag, { org: 'acme' })).toBe(true);
      expect(flags.state).toBe('READY');

      disk.makeRoom(20_000);
      const changed = new Promise<void>((resolve) => flags.onChange(flag, resolve));
      await turn(scene.api, false);
      await changed;
      expect(flags.isEnabled(flag, { org: 'acme' })).toBe(false);
      expect(await described(scene)).toBe(acked);
      expect(await brokenAt(scene.api)).toBeUndefined();
    } finally {
      await flags.close();
    }
  },
);

test.skipIf(!canMount)('a server restarts on a full disk: SDKs are served, writes are refused until there is room', async () => {
  disk = mountSmallDisk(16_000);
  product = await startProduct({ folder: disk.path });
  const scene = await setScene(product);
  await turn(scene.api, true);
  await product.kill('SIGTERM');
  disk.fill();

  const { url } = (product = await startProduct({ folder: disk.path, port: Number(new URL(product.url).port), until: 'up' }));
  disk.fill();
  const flags = createClient({ url, key: scene.serverKey, cacheFolder: false });
  try {
    expect(await flags.ready()).toBe('READY');
    expect(flags.isEnabled(flag, { org: 'acme' })).toBe(true);
    const { refusal } = await writeUntilRefused(scene);
    expect(refusal.problem).toMatchObject({ status: 503, code: 'STORAGE_FAILED' });

    disk.makeRoom(20_000);
    await turn(scene.api, false);
    expect(await brokenAt(scene.api)).toBeUndefined();
  } finally {
    await flags.close();
  }
});

test.skipIf(!canMount)('a server that finds no room for its tables says so, and starts when there is some', async () => {
  disk = mountSmallDisk(64);
  await expect(startProduct({ folder: disk.path })).rejects.toThrow(/The disk did not take the tables of .* make room on it/);
  disk.makeRoom(2_000);
  product = await startProduct({ folder: disk.path });
  expect(product.link()).not.toBe('');
});

/** Answers the last description that the server acknowledged, and what it said of the next one. */
async function writeUntilRefused(scene: Scene): Promise<{ acked: string; refusal: Refusal }> {
  let acked = await described(scene);
  for (let i = 0; ; i++) {
    const description = `${i} ${'x'.repeat(1_900)}`;
    const answer = await describeFlag(scene.api, description).catch((error: unknown) => error);
    if (answer instanceof Refusal) return { acked, refusal: answer };
    if (answer instanceof Error) throw answer;
    acked = description;
  }
}

const described = async ({ api }: Scene) =>
  (await api.call('GET /orgs/:org/projects/:project/flags/:flag', { params: { ...place, flag } })).definition.document
    .description;
