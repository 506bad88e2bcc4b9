import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '@taffrail/engine';

/** What `taffrail audit --manifest` wrote, if the product carries it in its package. */
const MANIFEST = 'flags.manifest.json';

/**
 * The defaults that a product's code names for a flag, as its package tells; undefined where it tells none. It is for people to read:
 * a manifest that is no good tells nothing.
 */
export async function codeDefaultsOf(folder: string | undefined, flag: string): Promise<readonly Json[] | undefined> {
  if (folder === undefined) return undefined;
  try {
    const { flags } = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as {
      flags: { key: string; defaults: Json[] }[];
    };
    const { defaults } = flags.find(({ key }) => key === flag) ?? {};
    return Array.isArray(defaults) && defaults.length > 0 ? defaults : undefined;
  } catch {
    return undefined;
  }
}
