import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refused } from '../envelope/refused.ts';
import { sealKeys } from '../keys/key-list.ts';
import type { vendorOf } from '../signed.test-kit.ts';
import { importFile, type ImportOptions } from './import-file.ts';
import { readSite } from './read-site.ts';
import type { SiteStore } from './site.ts';

/** A site of a vendor, with its first key list, and what happens to it. */
export async function siteOf(vendor: ReturnType<typeof vendorOf>, parts: { readonly witness?: true } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'taffrail-site-'));
  const folder = join(home, 'site');
  const store: SiteStore = { folder, trust: vendor.trust, ...(parts.witness && { witness: join(home, 'witness.json') }) };
  await importFile(store, sealKeys(vendor.list, vendor.root));
  return {
    store,
    folder,
    /** `taken`, `known` (taken before), or the code of the refusal. */
    async take(text: string, options?: ImportOptions): Promise<string> {
      try {
        return (await importFile(store, text, options)).isNew ? 'taken' : 'known';
      } catch (error) {
        if (error instanceof Refused) return error.code;
        throw error;
      }
    },
    /** The revision of 8.4.0 that is served; undefined for none. */
    serves: async () => (await readSite(store, '8.4.0')).shipment?.shipment.revision,
    /** All its files and what is in them. */
    files: (): Record<string, string> =>
      Object.fromEntries(
        readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'latin1')]),
      ),
    /** An image of the folder; the function puts back the whole of it, or what is named. */
    image() {
      const copy = join(home, 'image');
      cpSync(folder, copy, { recursive: true });
      return (what = '.'): void => {
        rmSync(join(folder, what), { recursive: true, force: true });
        cpSync(join(copy, what), join(folder, what), { recursive: true });
      };
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
