import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { keyListsOf, shipmentsOf, type SiteStore, witnessesOf } from './site.ts';
import { namesIn } from './whole-file.ts';

/** Differs once anything differs that `readSite` reads in the site's folder: cheap enough to be asked every second. Never throws. */
export async function siteMark(store: SiteStore, release: string): Promise<string> {
  const folders = [keyListsOf(store).folder, shipmentsOf(store, release).folder];
  const inside = await Promise.all(folders.map(async (folder) => (await namesOf(folder)).map((name) => join(folder, name))));
  const paths = [...witnessesOf(store), ...inside.flat()];
  return (await Promise.all(paths.map(markOf))).join('\n');
}

const namesOf = async (folder: string): Promise<readonly string[]> => [...(await namesIn(folder).catch(() => []))].sort();

async function markOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [path, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch (error) {
    return `${path} ${(error as NodeJS.ErrnoException).code}`;
  }
}
