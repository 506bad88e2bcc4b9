import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { seal } from '../envelope/seal.ts';
import { revokeKey, rotateKeys } from '../keys/change-keys.ts';
import { sealKeys } from '../keys/key-list.ts';
import { encodeShipment } from '../release/encode.ts';
import { cutOf, on } from '../release.test-kit.ts';
import { after, fileOf, publicOf, r1, r2, r3, signer, vendorOf } from '../signed.test-kit.ts';
import { readSite } from './read-site.ts';
import { siteOf } from './site-store.test-kit.ts';

const vendor = vendorOf();
const { key, root, list } = vendor;
const successor = signer('vendor-2027');
const rotated = rotateKeys(list, publicOf(successor), '2026-12-10T00:00:00Z');
const revoked = revokeKey(rotated, 'vendor-2026', '2026-12-20T00:00:00Z');

type Site = Awaited<ReturnType<typeof siteOf>>;
let site: Site;
beforeEach(async () => {
  site = await siteOf(vendor);
  for (const shipment of [r1, r2]) await site.take(fileOf(shipment, key));
});
afterEach(() => {
  vi.useRealTimers();
  site.remove();
});

/** The site serves r2. Each attack tries to make it serve something else. */
const attacks: Record<string, [code: string, attack: (site: Site) => Promise<string>]> = {
  'replay: a file that was good once': ['OLDER_REVISION', ({ take }) => take(fileOf(r1, key))],
  'downgrade: an older revision, signed anew': [
    'OLDER_REVISION',
    ({ take }) => take(fileOf({ ...r1, issuedAt: r3.issuedAt }, key)),
  ],
  'other product: signed by the key of another product': [
    'UNKNOWN_KEY',
    ({ take }) => take(fileOf({ ...r3, product: 'other' }, signer('other-2026'))),
  ],
  'other product: a vendor of two products with one key': [
    'OTHER_PRODUCT',
    ({ take }) => take(fileOf({ ...r3, product: 'other' }, key)),
  ],
  'other line': ['OTHER_LINE', ({ take }) => take(fileOf({ ...r3, line: 'lts' }, key))],
  'unknown key': ['UNKNOWN_KEY', ({ take }) => take(fileOf(r3, successor))],
  'unknown key: under a name that is known': [
    'BAD_SIGNATURE',
    ({ take }) => take(fileOf(r3, { ...successor, keyid: 'vendor-2026' })),
  ],
  'revoked key: whatever date it bears': [
    'REVOKED_KEY',
    async ({ take }) => (await take(sealKeys(revoked, root)), take(fileOf({ ...r3, issuedAt: '2026-12-05T00:00:00Z' }, key))),
  ],
  'rotated-out key': ['ROTATED_OUT_KEY', async ({ take }) => (await take(sealKeys(rotated, root)), take(fileOf(r3, key)))],
  'rotated-out key: backdated to when it was good': [
    'BACKDATED',
    async ({ take }) => (await take(sealKeys(rotated, root)), take(fileOf({ ...r3, issuedAt: '2026-12-05T00:00:00Z' }, key))),
  ],
  'wrong payload type: a shipment signed as something else': [
    'WRONG_TYPE',
    ({ take }) => take(seal('text/plain', Buffer.from(encodeShipment(r3)), [key])),
  ],
  'wrong payload type: the type changed after signing': [
    'BAD_SIGNATURE',
    ({ take }) => {
      const text = seal('text/plain', Buffer.from(encodeShipment(r3)), [key]);
      return take(text.replace('text/plain', 'application/vnd.taffrail.shipment.v1+json'));
    },
  ],
  'half-written file': ['NOT_AN_ENVELOPE', ({ take }) => take(fileOf(r3, key).slice(0, 500))],
  'clock moved back: to when a key was good that is rotated out': [
    'ROTATED_OUT_KEY',
    async ({ take }) => {
      await take(sealKeys(rotated, root));
      vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-05T00:00:00Z') });
      return take(fileOf(r3, key));
    },
  ],
  'key list signed by the wrong root': ['WRONG_ROOT', ({ take }) => take(sealKeys(rotated, signer('root-2')))],
  'key list signed by a vendor key': ['WRONG_ROOT', ({ take }) => take(sealKeys(rotated, key))],
  'key list set back, to bring a revoked key back': [
    'OLDER_KEYS',
    async ({ take }) => (await take(sealKeys(revoked, root)), take(sealKeys(rotated, root))),
  ],
  'fork: another revision of the same number': [
    'OTHER_HISTORY',
    ({ take }) => take(fileOf({ ...r2, removed: { x: { in: '8.4.0', now: 'gone' } } }, key)),
  ],
  'fork: a revision that follows another one': [
    'OTHER_HISTORY',
    ({ take }) => take(fileOf(after({ ...r2, removed: { x: { in: '8.4.0', now: 'gone' } } }), key)),
  ],
};

it.each(Object.entries(attacks))('%s', async (_, [code, attack]) => {
  expect(await attack(site)).toBe(code);
  expect(await site.serves()).toBe(2);
});

it.each(Object.entries(attacks))('leaves no trace of: %s', async (_, [, attack]) => {
  await attack(site);
  const before = site.files();
  await attack(site);
  expect(site.files()).toEqual(before);
  expect(before['shipments/8.4.0/2.json']).toBe(fileOf(r2, key));
});

it('no release stands for another: the product that runs asks for its own', async () => {
  expect(await site.take(fileOf(cutOf([on('other')], { release: '8.5.0' }), key))).toBe('taken');
  expect(await site.serves()).toBe(2);
});

it('a stolen key cannot number its revisions out of reach of its successor', async () => {
  const far = after({ ...r2, revision: 999_998 });
  expect(await site.take(fileOf(far, key))).toBe('taken');
  await site.take(sealKeys(revoked, root));
  expect(await site.take(fileOf(r3, successor))).toBe('taken');
  expect(await site.serves()).toBe(3);
  expect(Object.keys(site.files()).filter((name) => name.startsWith('shipments/'))).toEqual(['shipments/8.4.0/3.json']);
});

it('what was taken while its key was good is served on when the key is revoked, and says so', async () => {
  await site.take(sealKeys(revoked, root));
  expect(await site.serves()).toBe(2);
  expect((await readSite(site.store, '8.4.0')).problem).toMatch(/vendor-2026.* was revoked by key list 3/);
  expect(await site.take(fileOf(r2, successor))).toBe('taken');
  expect(await readSite(site.store, '8.4.0')).not.toHaveProperty('problem');
});
