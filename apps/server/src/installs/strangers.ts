import type { Commits } from '../changes/commits.ts';
import { system } from '../changes/system.ts';
import { createAllowance } from '../http/allowance.ts';
import { lastShipment } from '../releases/find.ts';
import { noteNewerShipment, type NewerShipment } from '../releases/note-newer-shipment.ts';
import type { KnownInstallKey } from '../tokens/install-keys.ts';
import type { Claim } from './acknowledged.ts';
import { issuedBy } from './find.ts';
import { PathMap } from '../streams/path-map.ts';
import type { ProjectScope } from './site-place.ts';
import type { Sites } from './sites.ts';

/**
 * Notices what sites have and this server never issued: then its database is older than it was. A site is believed of releases of its own
 * line. Each claim that is new is a commit, so an install that makes one after the other is refused with TOO_MANY_REQUESTS.
 */
export interface Strangers {
  /** A site names the revision that is in force there; 0: none. */
  meet(site: Claimant, said: { readonly release: string; readonly revision: number }, nowMs: number): void;
  /** A site acknowledges a shipment: one of this number may have been issued twice. */
  meetDigest(site: Claimant, claim: Claim, nowMs: number): void;
}

/** Whose key it is that claims something. */
type Claimant = Omit<KnownInstallKey, 'id'>;

/** A flood of made-up numbers must not fill the memory: of more, each is looked at again. */
const MOST_MET = 10_000;

/** A database is restored seldom, and a site runs few releases of its line. */
const claimsPerInstall = { burst: 10, perMinute: 0.1 };

export function createStrangers(commits: Pick<Commits, 'state' | 'commit'>, sites: Pick<Sites, 'of'>): Strangers {
  const met = new Set<string>();
  const issued = new PathMap<Set<string>>();
  const highest = new PathMap<number>();
  const allowance = createAllowance(claimsPerInstall);

  /** Numbers only grow: thousands come back with the same one, and the documents are looked at once. */
  function isAhead({ org, project }: ProjectScope, release: string, revision: number): boolean {
    if (revision <= (highest.get([org, project, release]) ?? 0)) return false;
    const state = commits.state({ org, project });
    if (state.get('release', release) === undefined) return false;
    const last = lastShipment(state, release).revision;
    highest.set([org, project, release], last);
    return revision > last;
  }

  /** What was issued once stays so: thousands acknowledge the same, and the documents are looked at once. */
  function isIssued({ org, project }: ProjectScope, digest: string): boolean {
    const known = issued.get([org, project]) ?? new Set<string>();
    if (known.has(digest)) return true;
    issued.set([org, project], known);
    const isNow = issuedBy(commits.state({ org, project })).has(digest);
    if (isNow) known.add(digest);
    return isNow;
  }

  function note({ org, project, install }: Claimant, input: NewerShipment, nowMs: number): void {
    const name = JSON.stringify([org, project, input]);
    if (met.has(name)) return;
    allowance.take(JSON.stringify([org, project, install]), nowMs);
    if (met.size >= MOST_MET) met.clear();
    met.add(name);
    commits.commit({ scope: { org, project }, command: noteNewerShipment, input, actor: system });
  }

  const isOfLine = (site: Claimant, release: string): boolean =>
    commits.state(site).get('release', release)?.body.line === site.line;

  return {
    meet(site, { release, revision }, nowMs) {
      if (isAhead(site, release, revision) && isOfLine(site, release)) note(site, { release, revision }, nowMs);
    },
    meetDigest(site, { digest, revision }, nowMs) {
      const release = sites.of(site).get(site.install)?.release;
      if (release === undefined || isIssued(site, digest)) return;
      if (isOfLine(site, release)) note(site, { release, revision, digest }, nowMs);
    },
  };
}
