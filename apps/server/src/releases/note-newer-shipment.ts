import { command, type Outcome, type State } from '../changes/command.ts';
import type { ShipmentFloor } from '../changes/document.ts';
import { floorChange } from './changes.ts';
import { lastShipment, releasesOf } from './find.ts';
import { floorAt, isCredible } from './numbering.ts';

/** What a site says of itself: which revision of its release is in force there. */
export interface NewerShipment {
  readonly release: string;
  readonly revision: number;
  /** Of its payload, where the site tells: another one than was issued is as bad as a higher number. */
  readonly digest?: string;
}

/**
 * Notes that a site has a revision that this server never issued, since its database is older than it was. Sites refuse a second
 * revision of one number, so that one and the next are left out. What is known already, or cannot be true, changes nothing.
 */
export const noteNewerShipment = command({
  name: 'shipment.note-newer',
  version: 1,
  permission: 'install.manage',
  apply(state: State, { release: version, ...claim }: NewerShipment, { now }): Outcome {
    const release = releasesOf(state).find(({ key }) => key === version);
    if (release === undefined || !isStranger(state, version, claim)) return { write: [], changes: [] };
    const floor: ShipmentFloor = { key: version, revision: claim.revision, at: now.toISOString() };
    return { write: [{ sort: 'shipment-floor', key: version, body: floor }], changes: [floorChange(release, floor)] };
  },
});

/** Whether nobody can have got this from here, and it was not noted before. */
function isStranger(state: State, release: string, { revision, digest }: Omit<NewerShipment, 'release'>): boolean {
  const last = lastShipment(state, release);
  const isOther = revision === last.revision && digest !== undefined && digest !== last.digest;
  const isNews = revision > (floorAt(state, release)?.revision ?? 0);
  return isNews && (isOther || (revision > last.revision && isCredible(revision, last.revision)));
}
