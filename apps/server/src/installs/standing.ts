import type { Install, InstallStanding, ShipmentDocument } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import { shipmentsOf } from '../releases/find.ts';
import { signaturesOf } from '../signing/find.ts';
import { issuedBy } from './find.ts';
import type { Site } from './site.ts';

/** What an install runs, as it said last: undefined where it never did, or runs what this server never issued. */
export function shipmentRunBy(state: State, site: Site | undefined): ShipmentDocument | undefined {
  return site?.newest && issuedBy(state).get(site.newest.digest);
}

/** The release that an install runs; of one that nobody hears of, what was last handed out for it. */
export function releaseRunBy(state: State, { key }: Install, site: Site | undefined): string | undefined {
  return shipmentRunBy(state, site)?.release ?? state.get('carried', key)?.body.release;
}

export function standingOf(state: State, { connection }: Install, site: Site | undefined): InstallStanding {
  if (connection === 'air-gapped') return 'air-gapped';
  if (site?.newest === undefined) return 'silent';
  const shipment = shipmentRunBy(state, site);
  if (shipment === undefined) return 'unknown-shipment';
  return shipment.revision >= (newestRevision(state, shipment.release) ?? 0) ? 'current' : 'behind';
}

/** The number of the newest shipment of a release that sites may take. */
export function newestRevision(state: State, release: string): number | undefined {
  const known = newest.get(state) ?? new Map<string, number | undefined>();
  newest.set(state, known);
  if (!known.has(release)) known.set(release, signedRevisions(state, release).at(-1));
  return known.get(release);
}

const newest = new WeakMap<State, Map<string, number | undefined>>();

function signedRevisions(state: State, release: string): number[] {
  return shipmentsOf(state, release).flatMap((one) => (signaturesOf(state, one) === undefined ? [] : [one.revision]));
}
