import type { Shipment } from '@taffrail/schema/shipment';
import { type BackOutDecision, byId, concerning } from './back-out.ts';
import { itemsIn, reissued } from './lines.ts';

/** What a new revision of a release changes. */
export interface Revision {
  /** Its number; absent: the next one. Numbers may be left out, never used twice. */
  readonly revision?: number;
  /** When it was decided. */
  readonly issuedAt: string;
  /** The digest of the payload that it replaces. */
  readonly prev: string;
  /** Back-outs to add; one that the shipment has by that name is replaced. */
  readonly backOuts?: readonly BackOutDecision[];
  /** Names of back-outs to lift. */
  readonly restored?: readonly string[];
}

/** The next revision of a release; undefined where nothing would change, as for a release without the flags of a back-out. */
export function revise(
  shipment: Shipment,
  { revision = shipment.revision + 1, issuedAt, prev, backOuts = [], restored = [] }: Revision,
): Shipment | undefined {
  const flags = new Set(itemsIn(shipment.snapshot).flatMap(({ sort, key }) => (sort === 'f' ? [key] : [])));
  const added = concerning(backOuts, (flag) => flags.has(flag), revision);
  const gone = new Set([...restored, ...added.map(({ id }) => id)]);
  const kept = shipment.backOuts.filter(({ id }) => !gone.has(id));
  if (added.length === 0 && kept.length === shipment.backOuts.length) return undefined;
  const { release } = shipment;
  return {
    ...shipment,
    revision,
    prev,
    issuedAt,
    backOuts: [...kept, ...added].sort(byId),
    snapshot: reissued(shipment.snapshot, { release, revision }),
  };
}
