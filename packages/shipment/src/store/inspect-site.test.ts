import { afterEach, beforeEach, expect, it } from 'vitest';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { revokeKey } from '../keys/change-keys.ts';
import { sealKeys } from '../keys/key-list.ts';
import { cutOf, on } from '../release.test-kit.ts';
import { fileOf, r1, r2, r3, signer, vendorOf } from '../signed.test-kit.ts';
import { writeContact } from './contact.ts';
import { inspectSite, type SiteLooked } from './inspect-site.ts';
import { siteOf } from './site-store.test-kit.ts';

const vendor = vendorOf();
let site: Awaited<ReturnType<typeof siteOf>>;
let folder = '';

beforeEach(async () => {
  site = await siteOf(vendor);
  folder = join(site.folder, '..', 'package');
  mkdirSync(folder);
  put('trust.json', JSON.stringify(vendor.trust));
  put('keys.json', sealKeys(vendor.list, vendor.root));
  put('shipment.json', fileOf(r1, vendor.key));
});
afterEach(() => site.remove());

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text, 'latin1');
const look = (looked: SiteLooked = {}) => inspectSite({ site: site.folder, package: folder, ...looked });

/** The revisions that are in force, in the package, and highest ever; and every problem by what it is about. */
async function told(looked?: SiteLooked) {
  const { release, shipment, packaged, highest, problems } = await look(looked);
  const revisions = [shipment, packaged].map((one) => one?.shipment.revision);
  return [release, ...revisions, highest, ...problems.map(({ about, message }) => `${about}: ${message}`)];
}

it('finds what a package brings to a site that has nothing yet', async () => {
  rmSync(site.folder, { recursive: true });
  expect(await told()).toEqual(['8.4.0', 1, 1, undefined]);
});

it('finds what is in force where the site has a newer one', async () => {
  await site.take(fileOf(r2, vendor.key));
  expect(await told()).toEqual(['8.4.0', 2, 1, 2]);
});

it('looks at a package by itself, and at a site by itself', async () => {
  await site.take(fileOf(r2, vendor.key));
  expect(await told({ site: undefined })).toEqual(['8.4.0', 1, 1, undefined]);
  writeFileSync(join(site.folder, 'trust.json'), JSON.stringify(vendor.trust));
  expect(await told({ package: undefined })).toEqual(['8.4.0', 2, undefined, 2]);
});

it('does not choose between releases', async () => {
  await site.take(fileOf(r2, vendor.key));
  await site.take(fileOf(cutOf([on('stream')], { release: '8.5.0' }), vendor.key));
  rmSync(join(folder, 'shipment.json'));
  expect((await told())[4]).toMatch(/^release: nobody says which release this is/);
  expect((await look()).releases).toEqual(['8.4.0', '8.5.0']);
  expect(await told({ release: '8.5.0' })).toEqual(['8.5.0', 1, undefined, 1]);
});

it('says what is wrong, and goes on', async () => {
  await site.take(fileOf(r2, vendor.key));
  put('shipment.json', fileOf(r1, vendor.key).replace('vendor-2026', 'vendor-2027'));
  expect(await told()).toEqual(['8.4.0', 2, undefined, 2, expect.stringMatching(/^package: it is signed by vendor-2027/)]);
});

it('says that nobody is trusted', async () => {
  expect(await told({ package: undefined })).toEqual([undefined, undefined, undefined, undefined, expect.stringMatching(/^trust: there is no .*trust\.json/), expect.stringMatching(/^release:/)]); // prettier-ignore
});

it('says that there is no key list, that what was in force is gone, or that its key was revoked', async () => {
  await site.take(fileOf(r3, vendor.key));
  rmSync(join(site.folder, 'shipments'), { recursive: true });
  expect((await told())[4]).toMatch(/^shipment: revision 3 of 8.4.0 was in force here/);
  await site.take(sealKeys(revokeKey(vendor.list, 'vendor-2026', '2026-12-20T00:00:00Z'), vendor.root));
  expect((await told()).slice(4)).toEqual([
    expect.stringMatching(/^shipment: .*revoked/),
    expect.stringMatching(/^package: .*revoked/),
  ]);
  put('keys.json', sealKeys(vendor.list, signer('other')));
  expect(await told({ site: undefined })).toEqual(['8.4.0', undefined, undefined, undefined, expect.stringMatching(/^keys: there is no key list/)]); // prettier-ignore
});

it('says what cannot be read', async () => {
  rmSync(join(folder, 'keys.json'));
  symlinkSync('keys.json', join(folder, 'keys.json'));
  expect((await told())[4]).toMatch(/^package: \S+keys\.json cannot be read \(ELOOP\): look as the user of the product/);
});

it('says when the vendor was last heard of', async () => {
  expect(await look()).not.toHaveProperty('contact');
  const contact = { lastContactAt: '2026-12-18T09:00:00.000Z', url: 'https://flags.example/', install: 'ABCDE' };
  await writeContact(site.store, contact);
  expect(await look()).toMatchObject({ contact });
});

it('leaves no trace', async () => {
  const before = site.files();
  await look();
  await look({ witness: join(site.folder, 'witness.json') });
  expect(site.files()).toEqual(before);
});
