import type { State } from '../changes/command.ts';
import type { ShipmentFloor } from '../changes/document.ts';
import { lastShipment } from './find.ts';

/** What a site says it has, and is further from what was issued, is not believed: nobody is to use up the numbers of a release. */
export const farthestRevisions = 1_000;

/** Whether a revision may have been issued before the database was restored. */
export const isCredible = (revision: number, issued: number): boolean => revision <= issued + farthestRevisions;

/** What was noted of revisions that are not known here. */
export function floorAt(state: State, release: string): ShipmentFloor | undefined {
  return state.get('shipment-floor', release)?.body;
}

/** The same, as long as nothing higher has been issued since. */
function floorAhead(state: State, release: string): ShipmentFloor | undefined {
  const floor = floorAt(state, release);
  return floor && floor.revision >= lastShipment(state, release).revision ? floor : undefined;
}

/**
 * The number of a release's next revision. Sites compare `prev` with the revision just below: after one that is not known here, the
 * next number is left out too.
 */
export function nextRevision(state: State, release: string): number {
  const ahead = floorAhead(state, release);
  return ahead === undefined ? lastShipment(state, release).revision + 1 : ahead.revision + 2;
}

/** What people should know of a release's numbers. */
export function warningOf(state: State, release: string): { readonly warning?: string } {
  const claimed = floorAhead(state, release)?.claimed;
  if (claimed === undefined || claimed < lastShipment(state, release).revision) return {};
  return { warning: `${strangerInWords(claimed, nextRevision(state, release))}. Decide again what was backed out since.` };
}

/** That something is out there which was never issued here, and what comes of it. */
export function strangerInWords(claimed: number, next: number): string {
  const what = `r${claimed} has left the building, and this server does not know it: its database is older than it was`;
  return `${what}. The next revision is r${next}`;
}
