import type { Contracts, Release, ReleaseWhy, ResponseOf, ShipmentDocument } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import type { Reads } from '../changes/seen.ts';
import { allBackOuts } from '../back-outs/find.ts';
import { definitionOf } from '../flags/find.ts';
import { issuedShipment } from '../signing/find.ts';
import { rowOfShipment } from '../signing/signing.views.ts';
import { isSupported, lastShipment, releaseOf, releasesRead, shipmentsOf } from './find.ts';
import { shipmentIn } from './issuing.ts';
import { warningOf } from './numbering.ts';
import { standingsIn } from './standings.ts';
import { byVersion } from './versions.ts';

const project = '/orgs/:org/projects/:project';
type Answer<K extends keyof Contracts> = ResponseOf<Contracts[K]>;
type List = Answer<`GET ${typeof project}/releases`>;
type Detail = Answer<`GET ${typeof project}/releases/:release`>;
type OfFlag = Answer<`GET ${typeof project}/flags/:flag/releases`>;

/** Who asks, and when. */
export interface Asked {
  readonly reads: Reads;
  readonly now: Date;
}

/** The list of releases, the last version first. A release of an environment that may not be read is not there. */
export function releaseList(state: State, supported: 'only' | undefined, asked: Asked): List {
  const seen = seenReleases(state, asked).filter((release) => supported === undefined || isSupported(release, asked.now));
  return { releases: seen.map((release) => rowOf(state, release, asked)), revision: state.revision };
}

/** One release: what each of its flags is, and all of its shipments. */
export function releaseDetail(state: State, version: string, asked: Asked): Detail {
  const { body, revision } = releaseOf(state, version, asked.reads);
  const last = lastShipment(state, version);
  return {
    ...headOf(body, asked),
    ...warningOf(state, version),
    revision,
    manifest: body.manifest,
    entries: [...standingsIn(body, last)],
    removed: shipmentIn(last).removed,
    shipments: shipmentsOf(state, version).map((shipment) => rowOfShipment(state, shipment)),
    backOuts: allBackOuts(state).filter(({ key }) => last.backOuts.includes(key)),
  };
}

/** A revision of a release's shipment, with what is signed. */
export function shipmentDetail(state: State, version: string, revision: number, { reads }: Asked): ShipmentDocument {
  releaseOf(state, version, reads);
  const shipment = issuedShipment(state, version, revision);
  return { ...rowOfShipment(state, shipment), payload: shipment.payload };
}

/** The releases whose code reads a flag, or whose flags ask it. */
export function releasesOfFlag(state: State, flag: string, asked: Asked): OfFlag {
  definitionOf(state, flag);
  const readers = seenReleases(state, asked).filter(({ entries }) => entries.some(({ key }) => key === flag));
  const policy = state.get('onprem', flag)?.body;
  return {
    releases: readers.flatMap((release) => {
      const { release: version, supported, supportedUntil } = headOf(release, asked);
      const place = { release: version, supported, ...(supportedUntil !== undefined && { supportedUntil }) };
      const standing = standingsIn(release, lastShipment(state, version)).filter((one) => one.flag === flag);
      return standing.map((one) => ({ ...place, ...one }));
    }),
    ...(policy !== undefined && { policy }),
    revision: state.revision,
  };
}

/** Those that may be read, the last version first. */
export const seenReleases = (state: State, { reads }: Asked): Release[] =>
  releasesRead(state, reads).sort((a, b) => byVersion(b.key, a.key));

function headOf({ key, line, commit, cutAt, cutBy, supportedUntil, environment }: Release, { now }: Asked) {
  const until = supportedUntil === undefined ? {} : { supportedUntil };
  return { release: key, line, commit, cutAt, cutBy, ...until, supported: isSupported(until, now), environment };
}

const isOn: ReadonlySet<ReleaseWhy> = new Set<ReleaseWhy>(['ga', 'onprem:on']);

/** A release in short. */
export function rowOf(state: State, release: Release, asked: Asked): List['releases'][number] {
  const last = lastShipment(state, release.key);
  const carried = allBackOuts(state).filter(({ key }) => last.backOuts.includes(key));
  const off = new Set(carried.flatMap(({ flags }) => flags));
  const on = release.entries.filter(({ key, why }) => isOn.has(why) && !off.has(key)).length;
  const head = { ...headOf(release, asked), ...warningOf(state, release.key) };
  return { ...head, flags: release.manifest.length, on, shipment: rowOfShipment(state, last) };
}
