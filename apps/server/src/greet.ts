import type { Deps } from './deps.ts';
import { firstOrganization, hasOwner } from './first-start.ts';
import { linkAddress } from './members/links.ts';

/** The address, always; a link only until somebody owns the server: what is printed is often kept. */
export function greet(deps: Deps, url: string, print: (line: string) => void): void {
  const { config, identity, clock } = deps;
  print(`Taffrail runs at ${url}`);
  if (!url.startsWith('https:') && isOpen(config.host)) {
    print(
      'Warning: without https, whoever shares the network can read sessions. Put a proxy with TLS in front and set TAFFRAIL_URL.',
    );
  }
  if (!hasOwner(deps)) {
    const { secret } = identity.links.draw({ purpose: 'first-sign-in', org: firstOrganization }, clock());
    print(`Sign in for the first time, once, within 24 hours: ${linkAddress(url, secret)}`);
  }
}

const isOpen = (host: string): boolean => !['127.0.0.1', '::1', 'localhost'].includes(host);
