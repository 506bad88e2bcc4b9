import type { Flag } from '@taffrail/engine';
import type { Contracts, Release, ResponseOf, ShipmentDocument } from '@taffrail/schema';
import { snapshotOf } from '@taffrail/shipment';
import { shipmentIn } from './issuing.ts';
import { backOutIn, lineInWords } from './words.ts';

type Standing = ResponseOf<Contracts['GET /orgs/:org/projects/:project/releases/:release']>['entries'][number];

const byShipment = new WeakMap<ShipmentDocument, readonly Standing[]>();

/** What each flag of a release is by a revision of its shipment, its back-outs counted. A shipment never changes: it is read once. */
export function standingsIn(release: Release, shipment: ShipmentDocument): readonly Standing[] {
  const known = byShipment.get(shipment) ?? readStandings(release, shipment);
  byShipment.set(shipment, known);
  return known;
}

function readStandings({ entries }: Release, shipment: ShipmentDocument): Standing[] {
  const lines = linesIn(shipment);
  return entries.flatMap(({ key: flag, why }) => {
    const line = lines.get(flag);
    const backOut = line && backOutIn(line);
    return line === undefined ? [] : [{ flag, why, summary: lineInWords(line), ...(backOut !== undefined && { backOut }) }];
  });
}

function linesIn(document: ShipmentDocument): ReadonlyMap<string, Flag> {
  const { items } = snapshotOf(shipmentIn(document));
  return new Map(items.flatMap(({ sort, key, json }) => (sort === 'f' ? [[key, JSON.parse(json) as Flag]] : [])));
}
