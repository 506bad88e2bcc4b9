import {
  checksumOf,
  compile,
  type FlagSet,
  FORMAT,
  type Item,
  parseSnapshot,
  type Rows,
  type SnapshotHeader,
} from '@taffrail/engine';
import type { Shipment } from '@taffrail/schema/shipment';
import type { ClaimedShipment } from '../envelope/shipment-file.ts';
import type { Entry } from '../entry.ts';
import { siteLayer } from '../site-layer.ts';

/** What decides at a site: the shipment in force, the override file, `TAFFRAIL_OFF`. */
export interface SiteState {
  /** The release that runs. */
  readonly release: string;
  /** Absent: there is none, and code defaults are served. */
  readonly shipment?: ClaimedShipment;
  readonly entries: readonly Entry[];
  /** The flags that `TAFFRAIL_OFF` names. */
  readonly off: readonly string[];
  /** Of the install's key; it stands in support codes. */
  readonly installTag?: string;
}

/** A site's flags with all of its layers, with some of them, and with none. */
export interface SiteView extends SiteState {
  /** As the site serves them. */
  readonly served: FlagSet;
  /** Without override file and `TAFFRAIL_OFF`: the shipment and its back-outs. */
  readonly shipped: FlagSet;
  /** Without back-outs too: the release as it was cut. */
  readonly asCut: FlagSet;
  readonly backOuts: Shipment['backOuts'];
  readonly removed: Shipment['removed'];
}

/** Makes a site's flags ready to be explained. `rows` are the operators that evaluation knows. */
export function viewSite(state: SiteState, rows: Rows): SiteView {
  const { release, shipment: claimed, entries, off } = state;
  const { backOuts = [], removed = {} } = claimed?.shipment ?? {};
  const items = itemsOf(claimed);
  const setOf = (lay: (item: Item) => Item): FlagSet => {
    const laid = items.map(lay);
    return compile({ header: headerOf(release, laid), items: laid }, rows);
  };
  return {
    ...state,
    backOuts,
    removed,
    served: setOf(siteLayer({ entries, off, backOuts }).lay),
    shipped: setOf(siteLayer({ entries: [], off: [], backOuts }).lay),
    asCut: setOf((item) => item),
  };
}

/** A shipment that was looked into has lines that can be read. */
const itemsOf = (claimed: ClaimedShipment | undefined): readonly Item[] =>
  (claimed && parseSnapshot(claimed.shipment.snapshot).snapshot?.items) ?? [];

function headerOf(release: string, items: readonly Item[]): SnapshotHeader {
  const count = (sort: string): number => items.filter((item) => item.sort === sort).length;
  const counts = { flags: count('f'), segments: count('s'), checksum: checksumOf(items) };
  return { format: FORMAT, origin: { release, revision: 0 }, audience: 'server', epoch: release, revision: 0, ...counts };
}
