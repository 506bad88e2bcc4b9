import { opens, type Credential, type Credentials } from '../members/credentials.ts';
import { readSecret } from '../members/secret.ts';

/** A key that was found to be good. */
export interface Good<Key> {
  readonly key: Key;
  readonly expiresMs: number;
}

/** Keys of one sort: what was found is kept, so that asking again costs no look at the database. */
export interface HeldKeys<Key> {
  /** The key that a secret is, unless it is unknown, revoked or expired. */
  find(secret: string, now: Date): Key | undefined;
  /** Whether a key is good by what the documents say now, whenever it ends. */
  isGood(id: string): boolean;
  /** Lets go of keys found before that have expired or are gone. Each is named once. */
  lapsed(now: Date, isGone: (key: Key) => boolean): readonly string[];
}

interface Held<Key> extends Good<Key> {
  readonly credential: Credential;
}

/** Keys whose documents are read by `read`, which answers undefined for what was revoked. */
export function createHeldKeys<Key extends { readonly id: string }>(
  credentials: Credentials,
  read: (credential: Credential) => Good<Key> | undefined,
): HeldKeys<Key> {
  const held = new Map<string, Held<Key>>();
  const load = (id: string): Held<Key> | undefined => {
    const credential = credentials.find(id);
    const good = credential && read(credential);
    return good && { credential, ...good };
  };
  return {
    find(secret, now) {
      const claim = readSecret(secret);
      if (claim === 'mistyped') return undefined;
      const found = held.get(claim.id) ?? load(claim.id);
      if (!opens(secret, found?.credential) || !found || found.expiresMs <= now.getTime()) return undefined;
      held.set(claim.id, found);
      credentials.touch(claim.id, now);
      return found.key;
    },
    isGood: (id) => load(id) !== undefined,
    lapsed(now, isGone) {
      const gone = [...held.values()].filter(({ key, expiresMs }) => expiresMs <= now.getTime() || isGone(key));
      for (const { key } of gone) held.delete(key.id);
      return gone.map(({ key }) => key.id);
    },
  };
}

export function expiryOf({ expiresAt }: { readonly expiresAt?: string | undefined }): { readonly expiresMs: number } {
  return { expiresMs: expiresAt === undefined ? Infinity : Date.parse(expiresAt) };
}
