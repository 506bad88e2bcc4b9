import { command, type Outcome, type State } from '../changes/command.ts';
import type { ShipmentFloor, Write } from '../changes/document.ts';
import { lossChange, strangerChange } from './changes.ts';
import { lastShipment, releasesOf } from './find.ts';
import { floorAt, isCredible, nextRevision } from './numbering.ts';

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
    const { revision: claimed } = claim;
    const revision = Math.max(claimed, floorAt(state, version)?.revision ?? 0);
    const floor: ShipmentFloor = { key: version, revision, claimed, at: now.toISOString() };
    const write: Write[] = [{ sort: 'shipment-floor', key: version, body: floor }];
    return { write, changes: [strangerChange(release, claimed, nextRevision(state.after(write), version))] };
  },
});

/** Whether nobody can have got this from here, and it was not said before. */
function isStranger(state: State, release: string, { revision, digest }: Omit<NewerShipment, 'release'>): boolean {
  const last = lastShipment(state, release);
  const isOther = revision === last.revision && digest !== undefined && digest !== last.digest;
  const isNews = revision > (floorAt(state, release)?.claimed ?? 0);
  return isNews && (isOther || (revision > last.revision && isCredible(revision, last.revision)));
}

/**
 * Notes that the database was restored without its last commits. Each may have issued one revision of each release, so as many are left
 * out: sites on no network say nothing of what they have.
 */
export const noteLostCommits = command({
  name: 'shipment.note-lost',
  version: 1,
  permission: 'release.cut',
  apply(state: State, { commits }: { readonly commits: number }, { now }): Outcome {
    const lost = Math.min(commits, mostLost);
    const write = releasesOf(state).map(({ key }): Write => {
      const known = floorAt(state, key);
      const revision = Math.max(known?.revision ?? 0, lastShipment(state, key).revision + lost);
      const claimed = known?.claimed === undefined ? {} : { claimed: known.claimed };
      return { sort: 'shipment-floor', key, body: { key, revision, ...claimed, at: now.toISOString() } };
    });
    return { write, changes: write.length === 0 ? [] : [lossChange(commits)] };
  },
});

/** Nobody decides about a release as often between two backups. */
const mostLost = 10_000;
