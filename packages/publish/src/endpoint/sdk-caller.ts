import type { IncomingMessage } from 'node:http';
import { once, type SdkBackend, type Soon } from './backend.ts';
import type { ReaderKey } from './reader-key.ts';
import { Refusal } from './refusal.ts';

/** The secret that a request carries as a bearer, if any: empty where something else stands there. */
export function bearerOf({ headers: { authorization } }: IncomingMessage): string | undefined {
  if (authorization === undefined) return undefined;
  const [, secret = ''] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
  return secret;
}

/** The key of a request, if it may be used from where the request comes. Throws KEY_REJECTED, ORIGIN_REFUSED. */
export function callerOf<Key extends ReaderKey>(
  request: IncomingMessage,
  secret: string | undefined,
  { sdkKey, anonymous }: Pick<SdkBackend<Key>, 'sdkKey' | 'anonymous'>,
): Soon<Key> {
  if (secret !== undefined) return once(sdkKey(secret), (found) => admitted(request, found));
  const key = anonymous?.(request);
  if (key) return admitted(request, key);
  throw new Refusal('KEY_REJECTED', "Send a server key or a client key as 'Authorization: Bearer tf_…'.");
}

function admitted<Key extends ReaderKey>({ headers: { origin } }: IncomingMessage, key: Key | undefined): Key {
  if (!key) throw new Refusal('KEY_REJECTED', 'This key is not known here, or it was revoked or has expired.');
  if (origin !== undefined) assertOrigin(key, origin);
  return key;
}

/**
 * Browsers name the origin of the page that asks, and only they do. So a list of origins keeps other people's pages from using
 * a client key; it is no secret, and does not protect what the key reads.
 */
function assertOrigin({ kind, origins }: ReaderKey, origin: string): void {
  if (kind === 'server') {
    throw new Refusal('ORIGIN_REFUSED', 'A server key reads every rule, so it must not be in a page. Use a client key there.');
  }
  if (origins.length > 0 && !origins.includes(origin)) {
    throw new Refusal(
      'ORIGIN_REFUSED',
      `This client key is not for pages of ${origin.slice(0, 100)}. Add the origin to the key, or use another key.`,
    );
  }
}
