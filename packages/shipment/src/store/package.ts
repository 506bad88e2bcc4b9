import { join } from 'node:path';
import type { Trust } from '@taffrail/schema/shipment';
import { lookInto } from '../envelope/shipment-file.ts';
import { trustIn } from '../keys/trust.ts';
import type { Brought } from './site.ts';
import { readWhole } from './whole-file.ts';

/** What a package or a site's folder says whom to trust: the first that says it counts. Throws where none does. */
export async function trustFrom(folders: readonly string[]): Promise<Trust> {
  const files = [...new Set(folders.map((folder) => join(folder, 'trust.json')))];
  for (const file of files) {
    const text = await readWhole(file);
    if (text !== undefined) return inFile(file, () => trustIn(text));
  }
  throw new Error(`there is no ${files.join(' and no ')}: it comes with the product's package and says whose shipments to trust`);
}

/** The files of a package. A folder without them brings nothing. */
export async function broughtBy(folder: string): Promise<Brought> {
  const [keys, shipment] = await Promise.all(['keys.json', 'shipment.json'].map((name) => readWhole(join(folder, name))));
  return { ...(keys !== undefined && { keys }), ...(shipment !== undefined && { shipment }) };
}

/** The release of the product that runs: what its package is of, or what is said where there is no package. Throws where nobody says. */
export function releaseOf({ shipment }: Brought, said: string | undefined, folder = ''): string {
  const file = join(folder, 'shipment.json');
  const own = shipment === undefined ? undefined : claimedRelease(shipment);
  if (said !== undefined && own !== undefined && said !== own)
    throw new Error(
      `the release here is said to be ${said}, and ${file} is of ${own}: say nothing, or name the package of ${said}`,
    );
  const release = said ?? own;
  if (release !== undefined) return release;
  const why = shipment === undefined ? (folder === '' ? 'there is no package' : `there is no ${file}`) : `${file} is damaged`;
  throw new Error(`nobody says which release this is: ${why}. Name it (TAFFRAIL_RELEASE), or put the package right`);
}

/** Nothing of it is verified yet: it tells only which shipments to look for. */
function claimedRelease(text: string): string | undefined {
  try {
    return lookInto(text).shipment.release;
  } catch {
    return undefined;
  }
}

function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${file} is no good: ${(error as Error).message}`, { cause: error });
  }
}
