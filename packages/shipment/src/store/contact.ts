import { join } from 'node:path';
import { sortedJson } from '../release/sorted.ts';
import type { SiteStore } from './site.ts';
import { readWhole, writeWhole } from './whole-file.ts';

/** When a site last heard of its vendor, and where. */
export interface Contact {
  readonly lastContactAt: string;
  readonly url: string;
  /** The tag of the install's key, `tagOf` its eight characters: it stands in support codes. */
  readonly install?: string;
}

const pathOf = ({ folder }: Pick<SiteStore, 'folder'>): string => join(folder, 'contact.json');

/** Undefined where the site never heard of its vendor, or nobody can say. Never throws. */
export async function readContact(store: Pick<SiteStore, 'folder'>): Promise<Contact | undefined> {
  try {
    const contact = JSON.parse((await readWhole(pathOf(store))) ?? '') as Contact;
    return Number.isNaN(Date.parse(contact.lastContactAt)) ? undefined : contact;
  } catch {
    return undefined;
  }
}

export const writeContact = (store: Pick<SiteStore, 'folder'>, contact: Contact): Promise<void> =>
  writeWhole(pathOf(store), `${sortedJson(contact)}\n`);
