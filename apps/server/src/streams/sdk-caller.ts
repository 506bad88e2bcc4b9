import type { IncomingMessage } from 'node:http';
import { fail } from '../changes/app-error.ts';
import type { KnownSdkKey } from '../tokens/sdk-keys.ts';

/** The secret that a request carries. Throws KEY_REJECTED. */
export function secretOf({ headers: { authorization } }: IncomingMessage): string {
  if (authorization === undefined) fail('KEY_REJECTED', "Send a server key or a client key as 'Authorization: Bearer tf_…'.");
  const [, secret = ''] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
  return secret;
}

/** The key that was found for a request, if it may be used from where the request comes. Throws KEY_REJECTED, ORIGIN_REFUSED. */
export function admitted({ headers: { origin } }: IncomingMessage, found: KnownSdkKey | undefined): KnownSdkKey {
  const key = found ?? fail('KEY_REJECTED', 'This key is not known here, or it was revoked or has expired.');
  if (origin !== undefined) assertOrigin(key, origin);
  return key;
}

/**
 * Browsers name the origin of the page that asks, and only they do. So a list of origins keeps other people's pages from using
 * a client key; it is no secret, and does not protect what the key reads.
 */
function assertOrigin({ kind, origins }: KnownSdkKey, origin: string): void {
  if (kind === 'server')
    fail('ORIGIN_REFUSED', 'A server key reads every rule, so it must not be in a page. Use a client key there.');
  if (origins.length > 0 && !origins.includes(origin)) {
    fail(
      'ORIGIN_REFUSED',
      `This client key is not for pages of ${origin.slice(0, 100)}. Add the origin to the key, or use another key.`,
    );
  }
}
