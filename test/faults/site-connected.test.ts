import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type OnPremOptions } from '@taffrail/node/on-prem';
import { sealKeys } from '@taffrail/shipment/signed';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startVendor, type TestSite, type TestVendor } from '../../apps/server/src/installs/installs.test-kit.ts';

const PATIENCE = { timeout: 30_000, interval: 20 };

let vendor: TestVendor;
let home = '';
let globex: TestSite;
let said: string[] = [];
const ends: (() => Promise<unknown>)[] = [];
const logger = { warn: (text: string) => said.push(text), error: (text: string) => said.push(text) };

/** Release 8.4.0 r1 is signed, and comes with the product. */
beforeEach(async () => {
  vendor = await startVendor();
  home = mkdtempSync(join(tmpdir(), 'taffrail-connected-'));
  said = [];
  await vendor.cut('8.4.0');
  const { file } = await vendor.sign('8.4.0', 1);
  globex = await vendor.install('globex');
  const { trust, list, root } = vendor.keys;
  const files = { 'trust.json': JSON.stringify(trust), 'keys.json': sealKeys(list, root), 'shipment.json': file };
  mkdirSync(join(home, 'package'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, 'package', name), text, 'latin1');
});

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await vendor.server.remove();
  rmSync(home, { recursive: true, force: true });
});

function client(options: Partial<OnPremOptions> = {}) {
  const flags = createClient({
    site: join(home, 'site'),
    package: join(home, 'package'),
    overrideFile: false,
    logger,
    vendor: { url: vendor.server.address, key: globex.secret },
    ...options,
  });
  ends.push(flags.close);
  return flags;
}

const rowOf = async () => (await vendor.board()).installs.find(({ install }) => install === 'globex');

it('takes a back-out from a real server while it runs, and the board says so', async () => {
  const flags = client();
  expect(await flags.ready()).toBe('READY');
  expect(flags.isEnabled('ui')).toBe(true);
  await vi.waitFor(
    async () => expect(await rowOf()).toMatchObject({ standing: 'current', runs: { revision: 1 }, online: true }),
    PATIENCE,
  );

  await vendor.backOut('>=8.4 <8.6');
  const atMs = performance.now();
  const { digest } = await vendor.sign('8.4.0', 2);
  await vi.waitFor(() => expect(flags.isEnabled('ui')).toBe(false), PATIENCE);
  process.stdout.write(`signed → off at the site: ${Math.round(performance.now() - atMs)} ms\n`);
  expect(flags.site.shipment()).toEqual({ release: '8.4.0', revision: 2, digest });
  await vi.waitFor(
    async () => expect(await rowOf()).toMatchObject({ standing: 'current', runs: { revision: 2, digest }, shares: false }),
    PATIENCE,
  );
  expect(said.filter((text) => /refused|out of reach/.test(text))).toEqual([]);
});

it('shares its overrides with a real server where its operator says so, and the board counts them as shared', async () => {
  const file = join(home, 'flags.yaml');
  writeFileSync(
    file,
    'version: 1\noverrides:\n  - {flag: ui, value: false, orgs: [berlin], ticket: SUP-4411, expires: 2030-01-31}\n',
  );
  client({ overrideFile: file, vendor: { url: vendor.server.address, key: globex.secret, share: ['overrides'] } });
  await vi.waitFor(async () => expect(await rowOf()).toMatchObject({ runs: { revision: 1 }, shares: true }), PATIENCE);
  await vi.waitFor(async () => expect((await vendor.detail('globex')).overrides?.entries).toHaveLength(1), PATIENCE);
  expect((await vendor.detail('globex')).overrides?.entries[0]).toMatchObject({
    flag: 'ui',
    orgs: ['berlin'],
    ticket: 'SUP-4411',
  });
});

it('stays as it was when its key is revoked, says so once, and comes back with another', async () => {
  const flags = client();
  await vi.waitFor(async () => expect(await rowOf()).toMatchObject({ online: true }), PATIENCE);
  await vendor.send('DELETE', `/api/v1/orgs/default/projects/default/installs/globex/keys/${globex.keyId}`);
  await vi.waitFor(() => expect(said.join('\n')).toContain('refuses this site'), PATIENCE);
  expect([flags.isEnabled('ui'), flags.state]).toEqual([true, 'READY']);
  await flags.close();
  const { secret } = await vendor.send<{ secret: string }>('POST', '/api/v1/orgs/default/projects/default/installs/globex/keys', {
    name: 'another',
  });
  await vendor.backOut('>=8.4 <8.6');
  await vendor.sign('8.4.0', 2);
  const again = client({ vendor: { url: vendor.server.address, key: secret } });
  await vi.waitFor(() => expect(again.site.shipment()).toMatchObject({ revision: 2 }), PATIENCE);
  expect(said.filter((text) => text.includes('refuses this site'))).toHaveLength(1);
});
