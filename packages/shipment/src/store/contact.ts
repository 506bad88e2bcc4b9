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
    return contactIn(JSON.parse((await readWhole(pathOf(store))) ?? '') as Partial<Record<keyof Contact, unknown>>);
  } catch {
    return undefined;
  }
}

/** What is no instant tells nothing; what is no tag stands in no code. */
function contactIn({ lastContactAt, url, install }: Partial<Record<keyof Contact, unknown>>): Contact | undefined {
  if (typeof lastContactAt !== 'string' || !INSTANT.test(lastContactAt) || Number.isNaN(Date.parse(lastContactAt)))
    return undefined;
  const isTag = typeof install === 'string' && TAG.test(install);
  return { lastContactAt, url: String(url), ...(isTag && { install }) };
}

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const TAG = /^[0-9A-HJKMNP-TV-Z]{5}$/;

export const writeContact = (store: Pick<SiteStore, 'folder'>, contact: Contact): Promise<void> =>
  writeWhole(pathOf(store), `${sortedJson(contact)}\n`);
