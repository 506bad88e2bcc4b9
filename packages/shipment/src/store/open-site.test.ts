import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cutOf, on } from '../release.test-kit.ts';
import { sealKeys } from '../keys/key-list.ts';
import { fileOf, r1, r2, r3, signer, vendorOf } from '../signed.test-kit.ts';
import { readContact, writeContact } from './contact.ts';
import { importFile } from './import-file.ts';
import { siteMark } from './mark.ts';
import { openSite, type SiteFolders } from './open-site.ts';
import { readSite } from './read-site.ts';

const vendor = vendorOf();
const keysFile = sealKeys(vendor.list, vendor.root);
const shipments = [r1, r2, r3].map((shipment) => fileOf(shipment, vendor.key));

let home = '';
let site = '';
let folder = '';

/** What the product carries; undefined: not that file. */
function pack(files: { trust?: string; keys?: string; shipment?: string | undefined } = {}): void {
  const all = { trust: JSON.stringify(vendor.trust), keys: keysFile, shipment: shipments[0], ...files };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, text] of Object.entries(all)) {
    if (text !== undefined) writeFileSync(join(folder, `${name}.json`), text, 'latin1');
  }
}

const open = (parts: Partial<SiteFolders> = {}) => openSite({ site, package: folder, ...parts });

async function served(parts?: Partial<SiteFolders>) {
  const { store, release, problems } = await open(parts);
  const { shipment, problem } = await readSite(store, release);
  return { release, revision: shipment?.shipment.revision, problems: [...problems, ...(problem === undefined ? [] : [problem])] };
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'taffrail-open-'));
  [site, folder] = [join(home, 'site'), join(home, 'package')];
  pack();
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('a site with the product’s package', () => {
  it('starts with nothing but the package, and keeps what that brings', async () => {
    expect(await served()).toEqual({ release: '8.4.0', revision: 1, problems: [] });
    expect(new Set(readdirSync(site, { recursive: true, encoding: 'utf8' }))).toEqual(
      new Set(['keys', 'keys/1.json', 'ratchet.json', 'shipments', 'shipments/8.4.0', 'shipments/8.4.0/1.json']),
    );
  });

  it('stays at what it took since, and says nothing about that', async () => {
    const { store } = await open();
    await importFile(store, shipments[1] ?? '');
    expect(await served()).toEqual({ release: '8.4.0', revision: 2, problems: [] });
  });

  it('goes up with a newer package', async () => {
    await open();
    pack({ shipment: shipments[2] });
    expect(await served()).toEqual({ release: '8.4.0', revision: 3, problems: [] });
    pack();
    expect(await served()).toEqual({ release: '8.4.0', revision: 3, problems: [] });
  });

  it('goes over to another release with another package, and needs nothing else', async () => {
    const { store } = await open();
    await importFile(store, shipments[1] ?? '');
    pack({ shipment: fileOf(cutOf([on('stream')], { release: '8.4.2' }), vendor.key) });
    expect(await served()).toEqual({ release: '8.4.2', revision: 1, problems: [] });
  });

  it('serves the package’s shipment where the folder cannot be written, and says so once', async () => {
    writeFileSync(site, 'in the way');
    const { revision, problems } = await served();
    expect(revision).toBe(1);
    expect(problems).toEqual([expect.stringMatching(/site cannot be written \((EEXIST|ENOTDIR)\): .* from the package/)]);
  });

  it('serves nothing from the package that is lower than what was in force here', async () => {
    const { store } = await open();
    await importFile(store, shipments[2] ?? '');
    rmSync(join(site, 'shipments'), { recursive: true });
    expect(await served()).toMatchObject({ revision: undefined, problems: [expect.stringContaining('only revision 1 is left')] });
  });

  it('refuses a package’s file that is not the vendor’s by its code, and serves what it had', async () => {
    await open();
    pack({ shipment: fileOf(r2, signer('other')) });
    expect(await served()).toMatchObject({
      revision: 1,
      problems: [expect.stringMatching(/package\/shipment\.json is refused \(UNKNOWN_KEY\)/)],
    });
  });
});

describe('what a program has to say', () => {
  it('is whom to trust: the package’s word counts before the site’s', async () => {
    mkdirSync(site);
    writeFileSync(join(site, 'trust.json'), JSON.stringify(vendorOf().trust));
    expect(await served()).toMatchObject({ revision: 1 });
    rmSync(join(site, 'trust.json'));
    rmSync(join(folder, 'trust.json'));
    await expect(open()).rejects.toThrow(/there is no .*package\/trust\.json and no .*site\/trust\.json/);
    await expect(open({ site: folder })).rejects.toThrow(/^there is no [^ ]*package\/trust\.json: it comes/);
    writeFileSync(join(folder, 'trust.json'), '{');
    await expect(open()).rejects.toThrow(/package\/trust\.json is no good/);
  });

  it.each<[string, Parameters<typeof pack>[0], Partial<SiteFolders>, RegExp]>([
    ['the package has no shipment', { shipment: undefined }, {}, /there is no .*shipment\.json\. Name it \(TAFFRAIL_RELEASE\)/],
    ['the package’s shipment is damaged', { shipment: '{' }, {}, /shipment\.json is damaged/],
    ['the two differ', {}, { release: '9.9.9' }, /said to be 9\.9\.9, and .*shipment\.json is of 8\.4\.0/],
  ])('is which release runs, where %s', async (_, files, parts, message) => {
    pack(files);
    await expect(open(parts)).rejects.toThrow(message);
  });

  it('may be which release runs, where the package does not know', async () => {
    await open();
    pack({ shipment: '{' });
    expect(await served({ release: '8.4.0' })).toMatchObject({
      revision: 1,
      problems: [expect.stringContaining('NOT_AN_ENVELOPE')],
    });
  });

  it('is enough without a package, once the site’s folder has all', async () => {
    await open();
    writeFileSync(join(site, 'trust.json'), JSON.stringify(vendor.trust));
    expect(await served({ package: undefined, release: '8.4.0' })).toEqual({ release: '8.4.0', revision: 1, problems: [] });
    await expect(open({ package: undefined })).rejects.toThrow('there is no package');
  });
});

describe('the mark of a site', () => {
  it('differs with each file that is taken, and only then', async () => {
    const { store, release } = await open();
    const before = await siteMark(store, release);
    await writeContact(store, { lastContactAt: '2026-12-18T09:00:00.000Z', url: 'https://flags.example/' });
    expect(await siteMark(store, release)).toBe(before);
    await importFile(store, shipments[1] ?? '');
    expect(await siteMark(store, release)).not.toBe(before);
  });

  it('is there where there is nothing', async () => {
    const { store, release } = await open();
    rmSync(site, { recursive: true });
    expect(await siteMark(store, release)).toContain('ENOENT');
  });
});

describe('the last contact', () => {
  it.each(['', 'null', '{}', '{"lastContactAt":"once"}'])('is unknown where the file says %j', async (text) => {
    const { store } = await open();
    expect(await readContact(store)).toBeUndefined();
    writeFileSync(join(site, 'contact.json'), text);
    expect(await readContact(store)).toBeUndefined();
  });

  it('is what was written', async () => {
    const { store } = await open();
    const contact = { lastContactAt: '2026-12-18T09:00:00.000Z', url: 'https://flags.example/' };
    await writeContact(store, contact);
    expect(await readContact(store)).toEqual(contact);
  });
});
