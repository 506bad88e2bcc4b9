import type { Install, InstallRow } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import { isSupported } from '../releases/find.ts';
import { issuedBy } from './find.ts';
import type { Acknowledged } from './acknowledged.ts';
import { newestRevision, shipmentRunBy, standingOf } from './standing.ts';
import type { Site } from './site.ts';
import { keysOf, tagIn } from './tags.ts';

/** What installs are seen in: their project, its organization, and what sites said. */
export interface Seen {
  readonly state: State;
  readonly organization: State;
  readonly sites: ReadonlyMap<string, Site>;
  readonly now: Date;
}

/** An install as boards show it. */
export function rowOf({ state, organization, sites, now }: Seen, install: Install): InstallRow {
  const site = sites.get(install.key);
  const { key, name, line, connection } = install;
  const carried = state.get('carried', key)?.body;
  const tag = tagIn(keysOf(organization, state.scope.project ?? '', key));
  return {
    install: key,
    name,
    line,
    connection,
    standing: standingOf(state, install, site),
    online: (site?.streams ?? 0) > 0,
    ...(site?.lastSeenMs !== undefined && { lastSeenAt: instant(site.lastSeenMs) }),
    ...(site?.newest && { runs: saidIn(state, site.newest) }),
    ...releaseFacts(state, site, now),
    ...(carried && { carried }),
    shares: site?.sharedDigest !== undefined,
    ...(tag !== undefined && { tag }),
  };
}

function releaseFacts(state: State, site: Site | undefined, now: Date): Pick<InstallRow, 'newest' | 'supported'> {
  const shipment = shipmentRunBy(state, site);
  const release = shipment && state.get('release', shipment.release)?.body;
  if (release === undefined) return {};
  const newest = newestRevision(state, release.key);
  return { ...(newest !== undefined && { newest }), supported: isSupported(release, now) };
}

/** An acknowledgement with the release that it is of, if this server issued it. */
export function saidIn(state: State, { digest, revision, appliedMs, acknowledgedMs }: Acknowledged) {
  const release = issuedBy(state).get(digest)?.release;
  const said = { revision, digest, appliedAt: instant(appliedMs), acknowledgedAt: instant(acknowledgedMs) };
  return { ...(release !== undefined && { release }), ...said };
}

export const instant = (ms: number): string => new Date(ms).toISOString();
