import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { firstKeys, newKey, privateKeyIn, publicHalf, sealKeys, sealPayload } from '@taffrail/shipment/signed';
import type { Api } from 'taffrail/api';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort, newFolder, place, signIn, startProduct, type Product } from '../product/server.ts';

const cli = fileURLToPath(new URL('../../packages/cli/bin/taffrail.js', import.meta.url));
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 20 });

const signerOf = (keyid: string) => ({ keyid, privateKey: privateKeyIn(newKey()) });
const [root, signer] = [signerOf('root'), signerOf('vendor-2026')];
const half = ({ keyid, privateKey }: typeof root) => ({ keyid, publicKey: publicHalf(privateKey) });
const trust = { product: place.project, line: 'main', roots: [half(root)] };
const keys = sealKeys(firstKeys(place.project, half(signer), '2020-01-01T00:00:00Z'), root);

const [vendorFolder, home] = [newFolder(), newFolder()];
const [site, package_] = [join(home.path, 'site'), join(home.path, 'package')];
const keyFile = join(home.path, 'install.key');
let product: Product;
let api: Api;
let relay: ChildProcess;
let port: number;

beforeAll(async () => {
  [product, port] = [await startProduct({ folder: vendorFolder.path }), await freePort()];
  api = await signIn(product);
  await cutRelease();
  await createInstall();
  await startRelay();
});

afterAll(async () => {
  relay?.kill('SIGKILL');
  await product?.kill('SIGTERM');
  home.remove();
  vendorFolder.remove();
});

/** Release 8.4.0 has the flag on; its first shipment comes with the product. */
async function cutRelease(): Promise<void> {
  await api.call('POST /orgs/:org/projects/:project/flags', {
    params: place,
    body: {
      key: 'new-issue-stream',
      kind: 'config',
      client: true,
      environments: { production: { on: true, fallthrough: { variant: 'on' } } },
    },
  });
  await api.call('PUT /orgs/:org/projects/:project/lines/:line/keys', {
    params: { ...place, line: 'main' },
    body: { file: keys, trust },
  });
  await api.call('POST /orgs/:org/projects/:project/releases', {
    params: place,
    body: { version: '8.4.0', commit: '4f2c1e9', manifest: [{ key: 'new-issue-stream', defaults: [false], places: 1 }] },
  });
  mkdirSync(package_);
  const files = { 'trust.json': JSON.stringify(trust), 'keys.json': keys, 'shipment.json': await sign(1) };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(package_, name), text, 'latin1');
}

/** Signs what the server issued, as a signer does, and brings it. */
async function sign(revision: number): Promise<string> {
  const params = { ...place, release: '8.4.0', revision: String(revision) };
  const { payload } = await api.call('GET /orgs/:org/projects/:project/releases/:release/shipments/:revision', { params });
  const file = sealPayload(payload, [signer]);
  await api.call('PUT /orgs/:org/projects/:project/releases/:release/shipments/:revision/file', { params, body: { file } });
  return file;
}

async function createInstall(): Promise<void> {
  await api.call('POST /orgs/:org/projects/:project/installs', { params: place, body: { key: 'n', name: 'Customer N' } });
  const { secret } = await api.call('POST /orgs/:org/projects/:project/installs/:install/keys', {
    params: { ...place, install: 'n' },
    body: { name: 'relay' },
  });
  writeFileSync(keyFile, secret, { mode: 0o600 });
}

async function startRelay(): Promise<void> {
  const where = ['--site', site, '--package', package_, '--listen', `127.0.0.1:${port}`];
  const vendor = ['--vendor', product.url, '--vendor-key-file', keyFile];
  relay = spawn(process.execPath, [cli, 'relay', ...where, ...vendor], { stdio: 'ignore' });
  await until(async () => expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200));
}

/** What a program in any language is answered. */
async function asked(): Promise<object> {
  const { server } = JSON.parse(readFileSync(join(site, 'relay-keys.json'), 'utf8')) as { server: string };
  const answer = await fetch(`http://127.0.0.1:${port}/ofrep/v1/evaluate/flags/new-issue-stream`, {
    method: 'POST',
    headers: { 'X-API-Key': server },
  });
  return (await answer.json()) as object;
}

const backedOut = { value: false, metadata: { layer: 'back-out', source: 'BO-1', release: '8.4.0', revision: 2 } };

test('a connected relay serves what its product came with, and the vendor knows', async () => {
  expect(await asked()).toMatchObject({ value: true, metadata: { layer: 'shipment', client: true, revision: 1 } });
  await until(async () => expect((await standing()).at(0)).toMatchObject({ release: '8.4.0', revision: 1 }));
});

test('it takes a back-out from the vendor, and acknowledges it', async () => {
  await api.call('POST /orgs/:org/projects/:project/back-outs', {
    params: place,
    body: { flags: ['new-issue-stream'], releases: '>=8.4 <8.6', severity: 'required', because: 'it loses rows' },
  });
  await sign(2);
  await until(async () => expect(await asked()).toMatchObject(backedOut));
  await until(async () => expect((await standing()).at(0)).toMatchObject({ revision: 2 }));
});

test('it serves that on while the vendor is gone, also after a restart', async () => {
  await product.kill('SIGKILL');
  expect(await asked()).toMatchObject(backedOut);
  const ended = once(relay, 'exit');
  relay.kill('SIGKILL');
  await ended;
  await startRelay();
  expect(await asked()).toMatchObject(backedOut);
});

/** What the install has acknowledged, the last one first. */
async function standing() {
  const { acknowledged } = await api.call('GET /orgs/:org/projects/:project/installs/:install', {
    params: { ...place, install: 'n' },
  });
  return acknowledged;
}
