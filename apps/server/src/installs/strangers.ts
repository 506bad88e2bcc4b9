import type { Commits } from '../changes/commits.ts';
import { system } from '../changes/system.ts';
import { lastShipment } from '../releases/find.ts';
import { noteNewerShipment } from '../releases/note-newer-shipment.ts';
import type { Claim } from './acknowledged.ts';
import { issuedBy } from './find.ts';
import { PathMap } from '../streams/path-map.ts';
import type { ProjectScope, SitePlace } from './site-place.ts';
import type { Sites } from './sites.ts';

/** Notices what sites have and this server never issued: then its database is older than it was. */
export interface Strangers {
  /** A site names the revision that is in force there; 0: none. */
  meet(scope: ProjectScope, said: { readonly release: string; readonly revision: number }): void;
  /** A site acknowledges a shipment: one of this number may have been issued twice. */
  meetDigest(place: SitePlace, claim: Claim): void;
}

/** A flood of made-up numbers must not fill the memory: of more, each is looked at again. */
const MOST_MET = 10_000;

export function createStrangers(commits: Pick<Commits, 'state' | 'commit'>, sites: Pick<Sites, 'of'>): Strangers {
  const met = new Set<string>();
  const issued = new PathMap<Set<string>>();
  const highest = new PathMap<number>();

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

  function note({ org, project }: ProjectScope, input: Parameters<typeof noteNewerShipment.apply>[1]): void {
    const name = JSON.stringify([org, project, input]);
    if (met.has(name)) return;
    if (met.size >= MOST_MET) met.clear();
    met.add(name);
    commits.commit({ scope: { org, project }, command: noteNewerShipment, input, actor: system });
  }

  return {
    meet(scope, { release, revision }) {
      if (isAhead(scope, release, revision)) note(scope, { release, revision });
    },
    meetDigest(place, { digest, revision }) {
      const release = sites.of(place).get(place.install)?.release;
      if (release === undefined || isIssued(place, digest)) return;
      if (commits.state(place).get('release', release) !== undefined) note(place, { release, revision, digest });
    },
  };
}
