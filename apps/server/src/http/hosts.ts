import { isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';
import { fail } from '../changes/app-error.ts';

/**
 * A page of another site can make its own name point here and then read what this server answers; the browser tells which
 * name it asked for. An address or `localhost` cannot be pointed anywhere, so those are let in, and the name that was configured.
 */
export function refuseForeignHost({ headers }: IncomingMessage, url: string | undefined): void {
  const host = headers.host ?? '';
  const name = hostName(host);
  if (name === 'localhost' || isIP(name) !== 0 || name === (url && new URL(url).hostname)) return;
  fail('BAD_REQUEST', `This server does not answer to '${host.slice(0, 100)}'. Set TAFFRAIL_URL to the address that people use.`);
}

/**
 * A browser sends the session's cookie along with what another site's page asks for. Only pages of this server may change
 * anything with it; they are told by what the browser says of them, or by a header that other sites cannot send.
 */
export function refuseForeignPage({ headers }: IncomingMessage, withCookie: boolean, url: string | undefined): void {
  const site = headers['sec-fetch-site'];
  const origin = headers.origin;
  const isOwn = origin !== undefined && (origin === url || (URL.canParse(origin) && new URL(origin).host === headers.host));
  if ((site !== undefined && site !== 'same-origin' && site !== 'none') || (origin !== undefined && !isOwn)) {
    fail('ORIGIN_REFUSED', 'Pages of other sites may not do this.');
  }
  const isProven = site === 'same-origin' || isOwn || headers['x-taffrail'] !== undefined;
  if (withCookie && !isProven)
    fail('ORIGIN_REFUSED', "Send the header 'X-Taffrail: 1' with what changes something by a session's cookie.");
}

/** The address that people use: the configured one, else the one that this request was sent to. */
export const addressOf = ({ headers }: IncomingMessage, url: string | undefined): string => url ?? `http://${headers.host}`;

function hostName(host: string): string {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name.startsWith('[') ? name.slice(1, -1) : name;
}
