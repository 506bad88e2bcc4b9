import type { IncomingMessage } from 'node:http';

/** The session's cookie. Over https its name promises that no other host and no plain page can have set it. */
export interface SessionCookie {
  readonly name: string;
  read(request: IncomingMessage): string | undefined;
  /** The header that sets it. */
  set(secret: string, maxAgeMs: number): string;
  /** The header that takes it away. */
  readonly clear: string;
}

/** The cookie for people's address: `__Host-` and `Secure` if and only if it is https. */
export function sessionCookie(url: string | undefined): SessionCookie {
  const secure = url?.startsWith('https:') ?? false;
  const name = secure ? '__Host-taffrail_session' : 'taffrail_session';
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return {
    name,
    read: (request) => cookieOf(request, name),
    set: (secret, maxAgeMs) => `${name}=${secret}; Max-Age=${Math.floor(maxAgeMs / 1000)}${attributes}`,
    clear: `${name}=; Max-Age=0${attributes}`,
  };
}

function cookieOf({ headers }: IncomingMessage, name: string): string | undefined {
  for (const pair of headers.cookie?.split(';') ?? []) {
    const cut = pair.indexOf('=');
    if (pair.slice(0, cut).trim() === name) return pair.slice(cut + 1).trim();
  }
  return undefined;
}
