import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createClient } from '@taffrail/node';
import type { Api } from 'taffrail/api';
import { afterAll, expect, test } from 'vitest';
import { freePort, newFolder, startProduct, type Product } from '../product/server.ts';
import { brokenAt, flag, production, setScene, turn } from './scene.ts';
import { openSdkStream } from './sdk-stream.ts';

const cli = fileURLToPath(new URL('../../packages/cli/bin/taffrail.js', import.meta.url));
const [folder, backups] = [newFolder(), newFolder()];
let product: Product | undefined;

afterAll(async () => {
  await product?.kill('SIGKILL');
  folder.remove();
  backups.remove();
});

test('a backup that is put back gets a new epoch: no client keeps what is now undone, or takes a patch to it', async () => {
  const port = await freePort();
  const start = async () => (product = await startProduct({ folder: folder.path, port }));
  const { api, serverKey } = await setScene(await start());
  const url = `http://127.0.0.1:${port}`;
  await turn(api, true);
  const backup = join(backups.path, 'taffrail.db');
  onThisServer('backup', backup);

  const flags = createClient({ url, key: serverKey, cacheFolder: false });
  try {
    expect(await flags.ready()).toBe('READY');
    const off = new Promise<void>((resolve) => flags.onChange(flag, resolve));
    await turn(api, false);
    await off;
    const undone = await positionOf(url, serverKey);

    await product?.kill('SIGTERM');
    await start();
    expect(await positionOf(url, serverKey)).toEqual(undone);

    const on = new Promise<void>((resolve) => flags.onChange(flag, resolve));
    await product?.kill('SIGTERM');
    onThisServer('restore', backup);
    await start();
    await on;
    expect(flags.isEnabled(flag, { org: 'acme' })).toBe(true);

    // The same number comes again, with another meaning: it must not be taken for the old one.
    await rollOut(api, 50);
    const present = await positionOf(url, serverKey);
    expect(present.epoch).not.toBe(undone.epoch);
    expect(present.revision).toBe(undone.revision);
    const late = await openSdkStream(url, serverKey, `${undone.epoch}.${undone.revision}`);
    const { name } = await late.find((event) => event.name !== 'hello');
    late.close();
    expect(name).toBe('snapshot');
    expect(await brokenAt(api)).toBeUndefined();
  } finally {
    await flags.close();
  }
});

const rollOut = (api: Api, percent: number) =>
  api.call('POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/rollout', {
    params: { ...production, flag },
    body: { percent },
  });

function onThisServer(command: 'backup' | 'restore', file: string): void {
  execFileSync(process.execPath, [cli, command, file, '--data', folder.path], { stdio: 'pipe' });
}

async function positionOf(url: string, key: string): Promise<{ epoch: string; revision: number }> {
  const answer = await fetch(`${url}/sdk/v1/snapshot`, { headers: { authorization: `Bearer ${key}` } });
  const { epoch, revision } = JSON.parse((await answer.text()).split('\n')[0] ?? '') as { epoch: string; revision: number };
  return { epoch, revision };
}
