import { databaseFileOf, type Config } from './config.ts';
import { copyDatabase, restoreDatabase } from './db/backup.ts';
import { makeFolder } from './db/folder.ts';

/** Copies a server's database to a file, whole and at one instant, while the server may be running. Refuses to overwrite. */
export function backup({ config, to }: { readonly config: Config; readonly to: string }): void {
  copyDatabase(databaseFileOf(config), to);
}

/**
 * Puts a backup in the place of a server's database, while no server runs on it. Answers where the present database was put
 * aside; undefined if there was none.
 */
export function restore({ config, from, now }: RestoreOptions): string | undefined {
  makeFolder(config.dataFolder);
  return restoreDatabase(from, databaseFileOf(config), now);
}

interface RestoreOptions {
  readonly config: Config;
  readonly from: string;
  readonly now: Date;
}
