import type { KeyList } from '@taffrail/schema/shipment';
import type { VerifiedShipment } from '../envelope/shipment-file.ts';
import { notchOf, readRatchet } from './ratchet.ts';
import { type SiteStore, witnessesOf } from './site.ts';
import { keysInForce, type Stored, storedShipments } from './stored.ts';

/** What a site serves for a release. */
export interface Reading {
  /** Absent: the code defaults are all there is. */
  readonly shipment?: VerifiedShipment;
  /** Why it is not as it should be, and what to do. */
  readonly problem?: string;
}

/**
 * The shipment of a release that a site serves: of the revisions that verify, the highest. `lastGood` stays where that is lower than
 * what was in force, or cannot be read. Never throws.
 */
export async function readSite(store: SiteStore, release: string, lastGood?: VerifiedShipment): Promise<Reading> {
  try {
    const reading = await read(store, release, lastGood);
    // A file may have been replaced by a newer one between its name and its text.
    return reading.problem === undefined ? reading : await read(store, release, lastGood);
  } catch (error) {
    return { ...(lastGood && { shipment: lastGood }), problem: error instanceof Error ? error.message : String(error) };
  }
}

async function read(store: SiteStore, release: string, lastGood: VerifiedShipment | undefined): Promise<Reading> {
  const ratchet = await readRatchet(witnessesOf(store));
  const list = await keysInForce(store, ratchet);
  const [stored] = await storedShipments(store, release, list);
  const seen = notchOf(ratchet, release, list)?.number ?? 0;
  const revision = stored?.verified.shipment.revision;
  if (stored?.isTrusted === false && seen === 0) return { shipment: stored.verified, ...untrusted(stored, list) };
  if (stored && revision !== undefined && revision >= seen) return { shipment: stored.verified };
  const left = revision === undefined ? 'none that is any good' : `only revision ${revision}`;
  const problem = seen === 0 ? `there is no shipment of ${release} here yet: import one` : lost(release, seen, left);
  return { ...(lastGood && { shipment: lastGood }), problem };
}

const lost = (release: string, seen: number, left: string): string =>
  `revision ${seen} of ${release} was in force here, and ${left} is left: import it again`;

/** What was taken while its key was good is served on, until there is better. */
function untrusted({ verified: { keyids } }: Stored, { version }: KeyList): Pick<Reading, 'problem'> {
  return { problem: `${keyids.join(', ')}, which signed this, was revoked by key list ${version}: import a newer shipment` };
}
