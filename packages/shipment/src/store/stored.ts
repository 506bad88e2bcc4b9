import type { KeyList } from '@taffrail/schema/shipment';
import { Refused } from '../envelope/refused.ts';
import { openShipment, type VerifiedShipment } from '../envelope/shipment-file.ts';
import { openKeys, type VerifiedKeys } from '../keys/key-list.ts';
import { type Numbered, readNumbers } from './numbered.ts';
import type { Ratchet } from './ratchet.ts';
import { keyListsOf, shipmentsOf, type SiteStore } from './site.ts';

/** The newest key list of a site; undefined if there is none that is any good. */
export async function storedKeys(store: SiteStore): Promise<VerifiedKeys | undefined> {
  const lists = await opened(keyListsOf(store), (text) => openKeys(text, store.trust));
  return lists.reduce<VerifiedKeys | undefined>(
    (one, other) => (one && one.list.version > other.list.version ? one : other),
    undefined,
  );
}

/** The key list in force. Throws `Refused` if there is none, or an older one than was seen. */
export async function keysInForce(store: SiteStore, { keys: seen }: Ratchet): Promise<KeyList> {
  const stored = await storedKeys(store);
  if (!stored) throw new Refused('NO_KEYS', "there is no key list here yet: import the vendor's");
  const { list } = stored;
  if (!seen || list.version >= seen.number) return list;
  throw new Refused(
    'OLDER_KEYS',
    `key list ${seen.number} was in force here, and ${list.version} is left: import the newest again`,
  );
}

/** A stored shipment, and whether any of its signers is not revoked. */
export interface Stored {
  readonly verified: VerifiedShipment;
  readonly isTrusted: boolean;
}

/** The shipments of a release, the one to be served first. Files that are no good are passed over. */
export async function storedShipments(store: SiteStore, release: string, list: KeyList): Promise<Stored[]> {
  const all = await opened(shipmentsOf(store, release), (text) => openShipment(text, list, store.trust));
  const isTrusted = ({ keyids }: VerifiedShipment): boolean =>
    list.keys.some(({ keyid, revokedAt }) => revokedAt === undefined && keyids.includes(keyid));
  const stored = all
    .filter(({ shipment }) => shipment.release === release)
    .sort((one, other) => other.shipment.revision - one.shipment.revision)
    .map((verified) => ({ verified, isTrusted: isTrusted(verified) }));
  return [...stored.filter((one) => one.isTrusted), ...stored.filter((one) => !one.isTrusted)];
}

async function opened<T>(files: Numbered, open: (text: string) => T): Promise<T[]> {
  return (await readNumbers(files)).flatMap((text) => {
    try {
      return [open(text)];
    } catch (error) {
      if (error instanceof Refused) return [];
      throw error;
    }
  });
}
