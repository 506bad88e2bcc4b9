import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileOf, r1, r2, r3, vendorOf } from '../signed.test-kit.ts';
import { readContact } from './contact.ts';
import { openSite } from './open-site.ts';
import { readSite } from './read-site.ts';
import { siteOf } from './site-store.test-kit.ts';

const vendor = vendorOf();
const THREE_GB = 3 * 1024 ** 3;

let site: Awaited<ReturnType<typeof siteOf>>;
beforeEach(async () => {
  site = await siteOf(vendor);
  for (const shipment of [r1, r2]) await site.take(fileOf(shipment, vendor.key));
});
afterEach(() => site.remove());

const pathOf = (name: string): string => join(site.folder, name);

/** What may stand where a file should: nothing that reads it may wait for it, or fill the memory. */
const strange: Record<string, (path: string) => void> = {
  'a folder': (path) => mkdirSync(path),
  'a pipe that nobody writes into': (path) => void execFileSync('mkfifo', [path]),
  'three gigabytes': (path) => (writeFileSync(path, ''), truncateSync(path, THREE_GB)),
};

describe.skipIf(platform() === 'win32').each(Object.entries(strange))('%s', (_, put) => {
  it.each(['keys/9.json', 'shipments/8.4.0/9.json'])(
    'as %s is passed over, and cleared away once there is better',
    async (name) => {
      put(pathOf(name));
      expect(await site.serves()).toBe(2);
      expect(await site.take(fileOf(r3, vendor.key))).toBe('taken');
      expect(await site.serves()).toBe(3);
    },
  );

  it('below what is taken is cleared away', async () => {
    put(pathOf('shipments/8.4.0/1.json'));
    expect(await site.take(fileOf(r3, vendor.key))).toBe('taken');
    expect(Object.keys(site.files())).toEqual(expect.not.arrayContaining(['shipments/8.4.0/1.json']));
  });

  it('as the ratchet is a problem that says so, and what was in force stays', async () => {
    const { shipment } = await readSite(site.store, '8.4.0');
    rmSync(pathOf('ratchet.json'));
    put(pathOf('ratchet.json'));
    expect(await readSite(site.store, '8.4.0', shipment)).toEqual({
      shipment,
      problem: expect.stringMatching(/ratchet\.json is (a folder|larger than)/),
    });
  });

  it('as trust.json is trusted in nothing', async () => {
    put(pathOf('trust.json'));
    await expect(openSite({ site: site.folder, release: '8.4.0' })).rejects.toThrow(/trust\.json is (a folder|larger than)/);
  });

  it('as contact.json tells nothing', async () => {
    put(pathOf('contact.json'));
    expect(await readContact(site.store)).toBeUndefined();
  });
});

it.each([
  '{"lastContactAt":5}',
  '{"lastContactAt":["2026-12-18T09:00:00Z"]}',
  '{"lastContactAt":"2026-12-18 (\\u001b[31m)"}',
  'null',
])('a contact that is no instant tells nothing: %s', async (text) => {
  writeFileSync(pathOf('contact.json'), text);
  expect(await readContact(site.store)).toBeUndefined();
});

it.each(['7', '"<script>"', '"ABCDEF"', '{}'])('an install that is no tag stands in no support code: %s', async (install) => {
  writeFileSync(pathOf('contact.json'), `{"lastContactAt":"2026-12-18T09:00:00Z","url":"https://v/","install":${install}}`);
  expect(await readContact(site.store)).toEqual({ lastContactAt: '2026-12-18T09:00:00Z', url: 'https://v/' });
});
