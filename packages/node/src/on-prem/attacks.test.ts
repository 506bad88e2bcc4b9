import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lookInto } from '@taffrail/shipment/signed';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createClient } from './client.ts';
import { INSTALL_KEY, startVendor } from './vendor-server.test-kit.ts';
import { foldersOf, vendorOf } from './vendor.test-kit.ts';

/** These wait for a real network and a real file system on a machine that may be busy. */
const PATIENCE = { timeout: 20_000, interval: 20 };
vi.setConfig({ testTimeout: 3 * PATIENCE.timeout });

const signed = vendorOf();
const [first, third] = [signed.r1, signed.r3].map((file) => lookInto(file).shipment) as [Shipment, Shipment];
type Shipment = ReturnType<typeof lookInto>['shipment'];

let vendor: Awaited<ReturnType<typeof startVendor>>;
let folders: ReturnType<typeof foldersOf>;
let said: string[];
const ends: (() => Promise<void>)[] = [];
const logger = { warn: (text: string) => said.push(text), error: (text: string) => said.push(text) };
const until = (check: () => void) => vi.waitFor(check, PATIENCE);

beforeEach(async () => {
  vendor = await startVendor();
  folders = foldersOf(signed);
  said = [];
  await folders.take(signed.r2);
});
afterEach(async () => {
  vi.useRealTimers();
  for (const end of ends.splice(0)) await end();
  await vendor.leave();
  folders.remove();
});

interface Attack {
  readonly code: string;
  /** What the vendor, or who stands in its place, sends to a site at which r2 is in force. */
  readonly keys?: string;
  readonly shipment?: string;
  /** What is done to the site before. */
  readonly before?: () => void | Promise<void>;
}

const attacks: Record<string, Attack> = {
  replay: { code: 'OLDER_REVISION', shipment: signed.r1 },
  'downgrade, signed anew': { code: 'OLDER_REVISION', shipment: signed.signed({ ...first, issuedAt: third.issuedAt }) },
  'other product': { code: 'OTHER_PRODUCT', shipment: signed.signed({ ...third, product: 'other' }) },
  'other line': { code: 'OTHER_LINE', shipment: signed.signed({ ...third, line: 'lts' }) },
  'unknown key': { code: 'UNKNOWN_KEY', shipment: signed.signed(third, signed.next) },
  'revoked key': { code: 'REVOKED_KEY', keys: signed.revokedKeys, shipment: signed.r3 },
  'rotated-out key': { code: 'ROTATED_OUT_KEY', keys: signed.rotatedKeys, shipment: signed.r3 },
  'wrong payload type': {
    code: 'WRONG_TYPE',
    shipment: signed.r3.replace('application/vnd.taffrail.shipment.v1+json', 'text/plain'),
  },
  'half-written file, sent': { code: 'NOT_AN_ENVELOPE', shipment: signed.r3.slice(0, 500) },
  'half-written file, in the folder': {
    code: 'OLDER_REVISION',
    shipment: signed.r1,
    before: () => writeFileSync(join(folders.site, 'shipments/8.4.0/3.json'), signed.r3.slice(0, 500)),
  },
  'stored ratchet restored from an old machine image': {
    code: 'OLDER_REVISION',
    shipment: signed.r1,
    before: () => {
      mkdirSync(join(folders.home, 'image'));
      writeFileSync(join(folders.home, 'image/ratchet.json'), '{"releases":{}}\n');
      cpSync(join(folders.home, 'image/ratchet.json'), join(folders.site, 'ratchet.json'));
    },
  },
  'clock moved back': {
    code: 'ROTATED_OUT_KEY',
    keys: signed.rotatedKeys,
    shipment: signed.r3,
    before: () => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-05T00:00:00Z') }),
  },
  'key list signed by the wrong root': { code: 'WRONG_ROOT', keys: signed.otherRootsKeys },
  'key list signed by the wrong root, under a name that is known': { code: 'BAD_SIGNATURE', keys: signed.strangeKeys },
};

it.each(Object.entries(attacks))(
  '%s: refused, and serves nobody, neither who runs now nor who starts later',
  async (_, attack) => {
    const { code, keys, shipment, before } = attack;
    await before?.();
    const options = { site: folders.site, package: folders.package, overrideFile: false, logger } as const;
    const flags = createClient({ ...options, vendor: { url: vendor.url, key: INSTALL_KEY } });
    ends.push(() => flags.close());
    await until(() => expect(vendor.streams()).toBe(1));
    vendor.say(
      ...(keys === undefined ? [] : [['keys', keys] as const]),
      ...(shipment === undefined ? [] : [['shipment', shipment] as const]),
    );
    await until(() => expect(said.join('\n')).toContain(`(${code})`));

    const next = createClient(options);
    ends.push(() => next.close());
    await next.ready();
    for (const one of [flags, next]) {
      expect([one.site.shipment()?.revision, one.isEnabled('stream'), one.isEnabled('avatars')]).toEqual([2, false, true]);
    }
  },
);

it('all of the folder restored from an old machine image is noticed by the witness on another volume', async () => {
  const witness = join(folders.home, 'witness.json');
  const options = { site: folders.site, package: folders.package, overrideFile: false, logger, witness } as const;
  const image = join(folders.home, 'image');
  cpSync(folders.site, image, { recursive: true });
  const before = createClient({ ...options, vendor: { url: vendor.url, key: INSTALL_KEY } });
  vendor.begin(['shipment', signed.r3]);
  await until(() => expect(before.site.shipment()).toMatchObject({ revision: 3 }));
  await before.close();
  rmSync(folders.site, { recursive: true });
  cpSync(image, folders.site, { recursive: true });

  const after = createClient(options);
  ends.push(() => after.close());
  expect(await after.ready()).toBe('ERROR');
  expect([after.isEnabled('stream'), after.site.problem()]).toEqual([
    false,
    expect.stringContaining('revision 3 of 8.4.0 was in force'),
  ]);
});
