import { Refused } from '../envelope/refused.ts';
import { openKeys, type VerifiedKeys } from '../keys/key-list.ts';
import { prune, writeNumber } from './numbered.ts';
import { higher, type Notch, notchOfKeys, type Ratchet, readRatchet, writeRatchet } from './ratchet.ts';
import { keyListsOf, type SiteStore, witnessesOf } from './site.ts';
import { storedKeys } from './stored.ts';

/** Takes a key list: never an older one, whoever says so. */
export async function importKeys(store: SiteStore, text: string): Promise<{ keys: VerifiedKeys; isNew: boolean }> {
  const keys = openKeys(text, store.trust);
  const ratchet = await readRatchet(witnessesOf(store));
  const floor = await floorOf(store, ratchet);
  const notch = notchOfKeys(keys);
  refuseLower(notch, floor);
  await writeNumber(keyListsOf(store), notch.number, text);
  await writeRatchet(witnessesOf(store), { ...ratchet, keys: notch });
  await prune(keyListsOf(store), (number) => number >= notch.number, Date.now());
  return { keys, isNew: floor?.number !== notch.number };
}

async function floorOf(store: SiteStore, { keys: seen }: Ratchet): Promise<Notch | undefined> {
  const stored = await storedKeys(store);
  return stored ? higher(seen, notchOfKeys(stored)) : seen;
}

function refuseLower({ number, digest }: Notch, floor: Notch | undefined): void {
  if (!floor) return;
  if (number < floor.number) {
    throw new Refused('OLDER_KEYS', `this is key list ${number}, and ${floor.number} was in force here: ask for the newest`);
  }
  if (number === floor.number && digest !== floor.digest) {
    throw new Refused('OTHER_HISTORY', `another key list ${number} was in force here: ask the vendor for a higher number`);
  }
}
