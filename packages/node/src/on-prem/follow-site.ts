import { join } from 'node:path';
import type { Clock } from '@taffrail/sdk-core';
import {
  type OpenedSite,
  openSite,
  readContact,
  type Reading,
  readSite,
  type SiteFolders,
  siteMark,
  storedKeys,
} from '@taffrail/shipment/site-store';
import { type FollowedFile, followFile } from '../followed-file.ts';

/** What is in force at a site. */
export interface InForce extends Reading {
  /** The version of the key list; absent where there is none that is any good. */
  readonly keys?: number | undefined;
}

/** What a followed site tells. */
export interface SiteListener {
  /** The folder is open, and what its product's package brings was taken. */
  readonly opened: (site: OpenedSite, lastContactAt: string | undefined) => void;
  /** What is in force, at first and whenever the folder is another. */
  readonly read: (inForce: InForce) => void;
  /** A mistake of the program, in a sentence: nothing else will be told. */
  readonly failed: (mistake: string) => void;
}

/** Opens a site, and reads it again whenever another process, or this one, took something into its folder. */
export function followSite(folders: SiteFolders, clock: Clock, on: SiteListener): Omit<FollowedFile, 'loaded'> {
  let isClosed = false;
  let followed: FollowedFile | undefined;

  async function begin(): Promise<void> {
    const site = await openSite(folders);
    const contact = await readContact(site.store);
    if (isClosed) return;
    on.opened(site, contact?.lastContactAt);
    // Whatever is taken, the ratchet is written after it.
    followed = followFile(join(site.store.folder, 'ratchet.json'), clock, lookInto(site, on.read));
  }

  begin().catch((error: unknown) => on.failed(error instanceof Error ? `${error.message}.` : String(error)));
  return {
    stir: () => followed?.stir(),
    close() {
      isClosed = true;
      followed?.close();
    },
  };
}

/** Reads the site where anything differs from the last time. */
function lookInto({ store, release }: OpenedSite, tell: SiteListener['read']): () => Promise<boolean> {
  let mark: string | undefined;
  let last: Reading = {};

  return async () => {
    const now = await siteMark(store, release);
    if (now === mark) return true;
    mark = now;
    last = await readSite(store, release, last.shipment);
    const keys = await storedKeys(store).catch(() => undefined);
    tell({ ...last, keys: keys?.list.version });
    return true;
  };
}
