import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { rotateKeys } from '../keys/change-keys.ts';
import { sealKeys } from '../keys/key-list.ts';
import { after, fileOf, publicOf, r1, r2, r3, signer, vendorOf } from '../signed.test-kit.ts';
import { readSite } from './read-site.ts';
import { siteOf } from './site-store.test-kit.ts';

const vendor = vendorOf();
const { key, root, list } = vendor;
const [file1, file2, file3] = [fileOf(r1, key), fileOf(r2, key), fileOf(r3, key)] as const;

type Site = Awaited<ReturnType<typeof siteOf>>;
let site: Site;
beforeEach(async () => {
  site = await siteOf(vendor, { witness: true });
});
afterEach(() => site.remove());

describe('taking shipments', () => {
  it('goes up, step by step or at once, and keeps the highest alone', async () => {
    expect([await site.take(file1), await site.serves()]).toEqual(['taken', 1]);
    expect([await site.take(file3), await site.serves()]).toEqual(['taken', 3]);
    expect(Object.keys(site.files()).sort()).toEqual(['keys/1.json', 'ratchet.json', 'shipments/8.4.0/3.json']);
  });

  it('knows what it has taken', async () => {
    await site.take(file1);
    const before = site.files();
    expect(await site.take(file1)).toBe('known');
    expect(site.files()).toEqual(before);
  });

  it('keeps the very bytes that were signed', async () => {
    await site.take(file2);
    expect(site.files()['shipments/8.4.0/2.json']).toBe(file2);
  });

  it('goes down only when an administrator says so, and then up again', async () => {
    for (const file of [file1, file3]) await site.take(file);
    expect([await site.take(file2), await site.serves()]).toEqual(['OLDER_REVISION', 3]);
    expect([await site.take(file2, { allowDowngrade: true }), await site.serves()]).toEqual(['taken', 2]);
    expect([await site.take(file1), await site.take(file3), await site.serves()]).toEqual(['OLDER_REVISION', 'taken', 3]);
  });

  it('is told to allow a downgrade, and still takes nothing that does not verify', async () => {
    await site.take(file2);
    expect(await site.take(fileOf(r1, signer('other')), { allowDowngrade: true })).toBe('UNKNOWN_KEY');
    expect(await site.take(sealKeys({ ...list, issuedAt: r1.issuedAt }, root), { allowDowngrade: true })).toBe('OTHER_HISTORY');
    expect(await site.serves()).toBe(2);
  });

  it('wants a key list first', async () => {
    rmSync(join(site.folder, 'keys'), { recursive: true });
    rmSync(site.store.witness ?? '');
    rmSync(join(site.folder, 'ratchet.json'));
    expect(await site.take(file1)).toBe('NO_KEYS');
  });

  it('clears away what an interrupted write left an hour ago, and nothing younger', async () => {
    const folder = join(site.folder, 'shipments/8.4.0');
    mkdirSync(folder, { recursive: true });
    for (const name of ['.draft-old', '.draft-young']) writeFileSync(join(folder, name), 'half');
    utimesSync(join(folder, '.draft-old'), 0, 0);
    await site.take(file1);
    expect(Object.keys(site.files())).toContain('shipments/8.4.0/.draft-young');
    expect(Object.keys(site.files())).not.toContain('shipments/8.4.0/.draft-old');
  });

  it.skipIf(platform() === 'win32')('is for the product to read, by whatever mask it was imported', async () => {
    rmSync(site.folder, { recursive: true });
    const mask = process.umask(0o077);
    try {
      for (const file of [sealKeys(list, root), file1]) await site.take(file);
    } finally {
      process.umask(mask);
    }
    const modeOf = (name: string): number => statSync(join(site.folder, name)).mode & 0o777;
    expect(['.', 'keys', 'shipments', 'shipments/8.4.0'].map(modeOf)).toEqual([0o755, 0o755, 0o755, 0o755]);
    expect(Object.keys(site.files()).map(modeOf)).toEqual([0o644, 0o644, 0o644]);
  });

  it('changes nothing where it cannot write', async () => {
    writeFileSync(join(site.folder, 'shipments'), 'in the way');
    const before = site.files();
    await expect(site.take(file1)).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect(site.files()).toEqual(before);
  });
});

describe('the stored ratchet restored from an old machine image', () => {
  let restore: ReturnType<Site['image']>;
  beforeEach(async () => {
    await site.take(file1);
    restore = site.image();
    await site.take(file3);
  });

  it('counts for nothing by itself: the shipment that is there says how far it is', async () => {
    restore('ratchet.json');
    rmSync(site.store.witness ?? '');
    expect([await site.take(file2), await site.serves()]).toEqual(['OLDER_REVISION', 3]);
  });

  it('is noticed if it stayed and the shipments went back: none of these is served', async () => {
    restore('shipments');
    const good = (await readSite(site.store, '8.4.0')).shipment;
    expect(good).toBeUndefined();
    expect((await readSite(site.store, '8.4.0')).problem).toBe(
      'revision 3 of 8.4.0 was in force here, and only revision 1 is left: import it again',
    );
    expect([await site.take(file2), await site.take(file3), await site.serves()]).toEqual(['OLDER_REVISION', 'known', 3]);
  });

  it('is noticed if all of the folder went back, by the witness on another volume', async () => {
    restore();
    expect([await site.serves(), await site.take(file2)]).toEqual([undefined, 'OLDER_REVISION']);
    expect([await site.take(file3), await site.serves()]).toEqual(['known', 3]);
  });

  it('goes back as far as the image and no further, where all of the machine went back', async () => {
    await site.take(fileOf(after(r3), key));
    restore();
    rmSync(site.store.witness ?? '');
    expect([await site.serves(), await site.take(file2), await site.take(file1)]).toEqual([1, 'taken', 'OLDER_REVISION']);
  });

  it('does not bring an older key list back', async () => {
    await site.take(sealKeys(rotateKeys(list, publicOf(signer('vendor-2027')), '2026-12-10T00:00:00Z'), root));
    restore('keys');
    expect((await readSite(site.store, '8.4.0')).problem).toContain('key list 2 was in force here, and 1 is left');
    expect(await site.take(fileOf(after(r3), key))).toBe('OLDER_KEYS');
  });
});

describe('reading', () => {
  it('says that there is nothing yet', async () => {
    expect(await readSite(site.store, '8.4.0')).toEqual({ problem: 'there is no shipment of 8.4.0 here yet: import one' });
  });

  it('passes over what is damaged, and keeps the last good one with the reason', async () => {
    await site.take(file2);
    const { shipment } = await readSite(site.store, '8.4.0');
    writeFileSync(join(site.folder, 'shipments/8.4.0/2.json'), file2.replace('vendor', 'Vendor'));
    expect(await readSite(site.store, '8.4.0', shipment)).toEqual({
      shipment,
      problem: 'revision 2 of 8.4.0 was in force here, and none that is any good is left: import it again',
    });
    expect(await site.serves()).toBeUndefined();
  });

  it('goes by what a file says, not by what it is called', async () => {
    await site.take(file2);
    writeFileSync(join(site.folder, 'shipments/8.4.0/9.json'), file1, 'latin1');
    expect(await site.serves()).toBe(2);
  });

  it.each(['', '{', 'null', '{"releases":{"8.4.0":{"vendor-2026":{"number":"9"}}}}', '{"releases":null}'])(
    'goes by the other witness where one is damaged: %s',
    async (text) => {
      await site.take(file3);
      writeFileSync(join(site.folder, 'ratchet.json'), text);
      rmSync(join(site.folder, 'shipments'), { recursive: true });
      expect(await site.take(file2)).toBe('OLDER_REVISION');
    },
  );
});

test(
  'whatever is taken in whatever order, at once or one by one, the highest that was taken is served',
  { timeout: 60_000 },
  async () => {
    const files = [file1, file2, file3, fileOf(after(r3), key)];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        async (turns) => {
          const one = await siteOf(vendor);
          let highest = 0;
          for (const turn of turns) {
            const taken = await Promise.all(turn.map(async (index) => ({ index, how: await one.take(files[index] ?? '') })));
            for (const { index, how } of taken) if (how === 'taken') highest = Math.max(highest, index + 1);
            expect(await one.serves()).toBe(highest);
          }
          one.remove();
        },
      ),
      { numRuns: 25 },
    );
  },
);
