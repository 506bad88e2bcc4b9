import type { Release, ShipmentDocument } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import type { Reads } from '../changes/seen.ts';
import { isSupported, releasesRead, shipmentsOf } from '../releases/find.ts';
import { signaturesOf } from './find.ts';

interface Asked {
  readonly now: Date;
  readonly reads: Reads;
}

/**
 * The shipments of a line's supported releases that wait for a good signature: first the newest of each release, which its sites wait
 * for, then what is only for the record.
 */
export function unsignedOf(state: State, line: string, { now, reads }: Asked): ShipmentDocument[] {
  const isOfLine = (release: Release): boolean => release.line === line && isSupported(release, now);
  const shipments = releasesRead(state, reads)
    .filter(isOfLine)
    .map(({ key }) => shipmentsOf(state, key));
  const newest = shipments.flatMap((all) => all.slice(-1));
  const others = shipments.flatMap((all) => all.slice(0, -1));
  return [...newest, ...others].filter((shipment) => signaturesOf(state, shipment) === undefined);
}
