import Database from 'better-sqlite3';
import { createClient } from '@taffrail/node';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Api } from 'taffrail/api';
import { freePort, newFolder, place, signIn, startProduct, type Product } from '../product/server.ts';

const kills = 20;
const writers = 6;
const folder = newFolder();
let product: Product | undefined;

afterAll(async () => {
  await product?.kill('SIGKILL');
  folder.remove();
});

/** A write whose answer arrived: it was promised. */
interface Acked {
  readonly revision: number;
  readonly description: string;
}

test(`loses no answered write over ${kills} kills, and its clients keep their values`, { timeout: 180_000 }, async () => {
  const port = await freePort();
  product = await startProduct({ folder: folder.path, port });
  const api = await signIn(product);
  for (let i = 0; i < writers; i++)
    await api.call('POST /orgs/:org/projects/:project/flags', { params: place, body: { key: `f${i}` } });
  await turn(api, 'f0', true);
  const { secret } = await api.call('POST /orgs/:org/projects/:project/environments/:environment/keys', {
    params: { ...place, environment: 'production' },
    body: { kind: 'server', name: 'kill' },
  });
  const flags = createClient({ url: product.url, key: secret, cacheFolder: false });
  const seen: boolean[] = [];
  try {
    expect(await flags.ready()).toBe('READY');
    const watching = setInterval(() => seen.push(flags.isEnabled('f0', { org: 'acme' })), 5);

    const acked: Acked[] = [];
    for (let kill = 1; kill <= kills; kill++) {
      const before = acked.length;
      const writing = Promise.all(Array.from({ length: writers }, (_, i) => writeUntilCut(api, `f${i}`, kill, acked)));
      await expect.poll(() => acked.length, { timeout: 10_000, interval: 5 }).toBeGreaterThan(before);
      // A different moment of the writes each time: during a transaction, between two, in a checkpoint.
      await new Promise((resolve) => setTimeout(resolve, 40 + ((kill * 37) % 160)));
      await product.kill('SIGKILL');
      await writing;
      product = await startProduct({ folder: folder.path, port });
    }
    clearInterval(watching);

    const written = storedDescriptions(join(folder.path, 'taffrail.db'));
    const lost = acked.filter(({ revision, description }) => written.get(revision) !== description);
    expect(acked.length).toBeGreaterThanOrEqual(kills);
    expect(lost).toEqual([]);
    expect(await brokenAt(api)).toBeUndefined();

    expect(seen.length).toBeGreaterThan(100);
    expect(seen.every((value) => value)).toBe(true);
    const back = new Promise<void>((resolve) => flags.onChange('f0', resolve));
    await turn(api, 'f0', false);
    await back;
    expect(flags.isEnabled('f0', { org: 'acme' })).toBe(false);
    process.stdout.write(
      `kill -9: ${kills} kills, ${acked.length} answered writes, 0 lost, ${seen.length} evaluations, 0 changed\n`,
    );
  } finally {
    await flags.close();
  }
});

/** Writes one after the other until the connection is cut. */
async function writeUntilCut(api: Api, flag: string, kill: number, acked: Acked[]): Promise<void> {
  for (let i = 0; ; i++) {
    const description = `${flag} ${kill}.${i}`;
    const answer = await api
      .call('PATCH /orgs/:org/projects/:project/flags/:flag', { params: { ...place, flag }, body: { description } })
      .catch(() => undefined);
    if (!answer) return;
    acked.push({ revision: answer.revision, description });
  }
}

/** What each revision wrote as a flag's description, read from the file itself, after SQLite's own check of it. */
function storedDescriptions(file: string): Map<number, string> {
  const database = new Database(file, { readonly: true });
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    const rows = database
      .prepare(
        `SELECT revision, json_extract(body, '$.description') AS description FROM versions WHERE project = ? AND sort = 'flag'`,
      )
      .all(place.project) as { revision: number; description: string }[];
    return new Map(rows.map(({ revision, description }) => [revision, description]));
  } finally {
    database.close();
  }
}

const brokenAt = async (api: Api) => (await api.call('GET /orgs/:org/history/verify', { params: { org: place.org } })).brokenAt;

const turn = (api: Api, flag: string, on: boolean) =>
  api.call('POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/turn', {
    params: { ...place, environment: 'production', flag },
    body: { on },
  });
