import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createClient, type OnPremClient } from '@taffrail/node/on-prem';
import { firstKeys, newKey, privateKeyIn, publicHalf, sealKeys, sealPayload, type Signer } from '@taffrail/shipment/signed';
import type { Api } from 'taffrail/api';
import { afterAll, expect, test } from 'vitest';
import { freePort, newFolder, place, type Product, signIn, startProduct } from '../product/server.ts';

const cli = fileURLToPath(new URL('../../packages/cli/bin/taffrail.js', import.meta.url));
const project = '/orgs/:org/projects/:project';
const folders = { yesterday: newFolder(), today: newFolder(), backups: newFolder(), sites: newFolder() };
const flags = ['one', 'three', 'two'];
const installs = ['globex', 'initech', 'soylent'];
let product: Product | undefined;
const sites: OnPremClient[] = [];

afterAll(async () => {
  await Promise.all(sites.map((site) => site.close()));
  await product?.kill('SIGKILL');
  for (const folder of Object.values(folders)) folder.remove();
});

test('a database from a day ago takes no site back, and the next back-out comes to all', { timeout: 120_000 }, async () => {
  const port = await freePort();
  product = await startProduct({ folder: folders.yesterday.path, port });
  const vendor = vendorFor(await signIn(product));
  await vendor.begin();
  await vendor.sign(1);
  const keys = await Promise.all(installs.map(vendor.keyOf));
  execFileSync(process.execPath, [cli, 'backup', join(folders.backups.path, 'a.db'), '--data', folders.yesterday.path]);

  const seen: number[][] = [];
  for (const [each, install] of installs.entries()) {
    const site = vendor.openSite(product.url, install, keys[each]);
    const revisions: number[] = [];
    site.onChange(() => revisions.push(site.site.shipment()?.revision ?? 0));
    sites.push(site);
    seen.push(revisions);
  }
  await allHave(1);
  for (const [back, flag] of ['one', 'two'].entries()) {
    await vendor.backOut(flag);
    await vendor.sign(back + 2);
    await allHave(back + 2);
  }
  const digests = sites.map(({ site }) => site.shipment()?.digest);
  expect(flags.map((flag) => sites[0]?.isEnabled(flag))).toEqual([false, true, false]);

  // Another machine, another folder: all that is left of the day is what sites have.
  await product.kill('SIGKILL');
  mkdirSync(folders.today.path, { recursive: true });
  copyFileSync(join(folders.backups.path, 'a.db'), join(folders.today.path, 'taffrail.db'));
  product = await startProduct({ folder: folders.today.path, port });
  expect((await vendor.release()).shipments.map(({ revision }) => revision)).toEqual([1]);
  await until(async () => (await vendor.history()).some(({ kind }) => kind === 'shipment.newer-elsewhere'));
  expect(sites.map(({ site }) => site.shipment()?.digest)).toEqual(digests);
  expect((await vendor.history()).filter(({ kind }) => kind === 'shipment.newer-elsewhere')).toHaveLength(1);

  await vendor.backOut('three');
  const last = (await vendor.release()).shipments.at(-1)?.revision ?? 0;
  expect(last).toBe(5);
  expect(sites.map(({ site }) => site.shipment()?.digest)).toEqual(digests);
  await vendor.sign(last);
  await allHave(last);
  expect(flags.map((flag) => sites[0]?.isEnabled(flag))).toEqual([true, false, true]);
  for (const revisions of seen) expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
  await until(async () => (await vendor.board()).counts.current === installs.length);
  console.log(`three sites: ${seen.map((revisions) => [...new Set(revisions)].map((one) => `r${one}`).join(' ')).join(' | ')}`);
});

const publicOf = ({ keyid, privateKey }: Signer) => ({ keyid, publicKey: publicHalf(privateKey) });

/** Who ships the product: what people and the signer do. */
function vendorFor(api: Api) {
  const [root, signer]: Signer[] = ['root', 'vendor-1'].map((keyid) => ({ keyid, privateKey: privateKeyIn(newKey()) }));
  if (root === undefined || signer === undefined) throw new Error('two keys were drawn');
  const trust = { product: 'default', line: 'main', roots: [publicOf(root)] };
  const release = { ...place, release: '8.4.0' };
  return {
    /** A key list, and a release with all flags on. */
    async begin() {
      const file = sealKeys(firstKeys('default', publicOf(signer), new Date().toISOString()), root);
      await api.call(`PUT ${project}/lines/:line/keys`, { params: { ...place, line: 'main' }, body: { file, trust } });
      const on = { production: { on: true, fallthrough: { variant: 'on' } } };
      for (const flag of flags) await api.call(`POST ${project}/flags`, { params: place, body: { key: flag, environments: on } });
      const manifest = flags.map((flag) => ({ key: flag, defaults: [false], places: 1 }));
      await api.call(`POST ${project}/releases`, { params: place, body: { version: '8.4.0', commit: 'abc1234', manifest } });
      for (const install of installs)
        await api.call(`POST ${project}/installs`, { params: place, body: { key: install, name: install } });
    },
    async keyOf(install: string) {
      const body = { name: 'site' };
      return (await api.call(`POST ${project}/installs/:install/keys`, { params: { ...place, install }, body })).secret;
    },
    async sign(revision: number) {
      const params = { ...release, revision: String(revision) };
      const { payload } = await api.call(`GET ${project}/releases/:release/shipments/:revision`, { params });
      const body = { file: sealPayload(payload, [signer]) };
      await api.call(`PUT ${project}/releases/:release/shipments/:revision/file`, { params, body });
    },
    backOut: (flag: string) =>
      api.call(`POST ${project}/back-outs`, {
        params: place,
        body: { flags: [flag], releases: '>=8.4', severity: 'required', because: 'rows are lost' },
      }),
    release: () => api.call(`GET ${project}/releases/:release`, { params: release }),
    board: () => api.call(`GET ${project}/installs`, { params: place }),
    history: async () => (await api.call(`GET ${project}/history`, { params: place })).entries.flatMap(({ changes }) => changes),
    /** A site has a folder of its own; whom to trust comes with the product. */
    openSite(url: string, install: string, key: string | undefined) {
      const site = join(folders.sites.path, install);
      mkdirSync(site, { recursive: true });
      writeFileSync(join(site, 'trust.json'), JSON.stringify(trust));
      return createClient({ site, release: '8.4.0', overrideFile: false, vendor: { url, key }, logger: silent });
    },
  };
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

const allHave = (revision: number) =>
  until(() => Promise.resolve(sites.every(({ site }) => site.shipment()?.revision === revision)));

/** What never comes to be ends with the test's own time limit. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
