import { join, resolve } from 'node:path';
import { Refused, type RefusalCode } from '../envelope/refused.ts';
import { importFile } from './import-file.ts';
import { readNumbers } from './numbered.ts';
import { broughtBy, releaseOf, trustFrom } from './package.ts';
import { keyListsOf, shipmentsOf, type SiteStore } from './site.ts';

/** Where a product finds its shipments. */
export interface SiteFolders {
  /** The folder that keeps what the site took. It need not be there yet. */
  readonly site: string;
  /** The folder that came with the product: `trust.json`, `keys.json`, `shipment.json`. */
  readonly package?: string | undefined;
  /** The release that runs; wanted only where there is no package. */
  readonly release?: string | undefined;
  /** See `SiteStore`. */
  readonly witness?: string | undefined;
}

/** A site that is ready to be read. */
export interface OpenedSite {
  readonly store: SiteStore;
  readonly release: string;
  /** What is not as it should be, each in a sentence; the site can be read all the same. */
  readonly problems: readonly string[];
}

/**
 * Opens the folder of a site, and takes into it what the product's package brings where that is newer. Where the folder cannot be
 * written the package's shipment is read from the package. Throws where nobody says whom to trust, or which release this is.
 */
export async function openSite({ site, package: folder, release: said, witness }: SiteFolders): Promise<OpenedSite> {
  const brought = folder === undefined ? {} : await broughtBy(folder);
  const trust = await trustFrom(folder === undefined ? [site] : [folder, site]);
  const release = releaseOf(brought, said, folder);
  const store = { folder: resolve(site), trust, brought, ...(witness !== undefined && { witness }) };
  return { store, release, problems: await takeBrought(store, release, folder ?? '') };
}

async function takeBrought(store: SiteStore, release: string, folder: string): Promise<string[]> {
  const { keys, shipment } = store.brought ?? {};
  const files = [
    { name: 'keys.json', text: keys, stored: keyListsOf(store) },
    { name: 'shipment.json', text: shipment, stored: shipmentsOf(store, release) },
  ];
  const problems: string[] = [];
  for (const { name, text, stored } of files) {
    if (text === undefined || (await isStored(text, stored.folder))) continue;
    const problem = await problemOf(() => importFile(store, text), join(folder, name), store.folder);
    if (problem !== undefined && !problems.includes(problem)) problems.push(problem);
  }
  return problems;
}

const isStored = async (text: string, folder: string): Promise<boolean> =>
  (await readNumbers({ folder, beside: undefined }).catch((): string[] => [])).includes(text);

/** A package is as old as the product; that the site has taken newer files since is as it should be. */
const EXPECTED: readonly RefusalCode[] = ['OLDER_KEYS', 'OLDER_REVISION'];

async function problemOf(act: () => Promise<unknown>, file: string, site: string): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (error instanceof Refused) {
      return EXPECTED.includes(error.code) ? undefined : `${file} is refused (${error.code}): ${error.message}`;
    }
    const { code = String(error) } = error as NodeJS.ErrnoException;
    return `${site} cannot be written (${code}): the package's shipment is read from the package, and nothing newer will last here`;
  }
}
