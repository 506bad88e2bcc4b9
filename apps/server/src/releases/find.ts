import type { OnpremPolicy, Release, ShipmentDocument } from '@taffrail/schema';
import { fail } from '../changes/app-error.ts';
import type { State } from '../changes/command.ts';
import type { Document } from '../changes/document.ts';
import { environmentsRead, type Reads } from '../changes/seen.ts';
import { suggestion } from '../environments/find.ts';
import { byVersion, isInRange } from './versions.ts';

/** Releases in order of their versions. */
export function releasesOf(state: State): Release[] {
  const known = ordered.get(state) ?? state.list('release').map(({ body }) => body);
  if (!ordered.has(state))
    ordered.set(
      state,
      known.sort((a, b) => byVersion(a.key, b.key)),
    );
  return known;
}

const ordered = new WeakMap<State, Release[]>();

/** The releases that somebody may read: those of environments that they may. */
export function releasesRead(state: State, reads: Reads): Release[] {
  const environments = new Set(environmentsRead(state, reads));
  return releasesOf(state).filter(({ environment }) => environments.has(environment));
}

/** A release; refuses an unknown one, and one that may not be read, with the same words. */
export function releaseOf(state: State, version: string, reads: Reads = () => true): Document<'release'> {
  const known = releasesRead(state, reads).map(({ key }) => key);
  const found = known.includes(version) ? state.get('release', version) : undefined;
  if (found !== undefined) return found;
  return fail('NOT_FOUND', `There is no release '${version}' in this project. ${suggestion(version, known)}`);
}

/** Whether a release's support lasts still: its last day ends with the day in UTC. */
export function isSupported({ supportedUntil }: Pick<Release, 'supportedUntil'>, now: Date): boolean {
  return supportedUntil === undefined || now.toISOString().slice(0, 10) <= supportedUntil;
}

/** The revisions of a release's shipment, the lowest one first. Some numbers may have been left out. */
export function shipmentsOf(state: State, release: string): readonly ShipmentDocument[] {
  const known = byRelease.get(state) ?? shipmentsByRelease(state);
  byRelease.set(state, known);
  return known.get(release) ?? [];
}

type ShipmentsByRelease = ReadonlyMap<string, readonly ShipmentDocument[]>;
const byRelease = new WeakMap<State, ShipmentsByRelease>();

function shipmentsByRelease(state: State): ShipmentsByRelease {
  const found = new Map<string, ShipmentDocument[]>();
  for (const { body } of state.list('shipment')) {
    const others = found.get(body.release);
    if (others === undefined) found.set(body.release, [body]);
    else others.push(body);
  }
  for (const shipments of found.values()) shipments.sort((a, b) => a.revision - b.revision);
  return found;
}

/** A revision of a release's shipment. */
export function shipmentAt(state: State, release: string, revision: number): ShipmentDocument | undefined {
  return state.get('shipment', shipmentKey(release, revision))?.body;
}

/** The last revision of a release's shipment: cutting a release issues the first. */
export function lastShipment(state: State, release: string): ShipmentDocument {
  return shipmentsOf(state, release).at(-1) ?? fail('INTERNAL', `Release ${release} has no shipment.`);
}

export function shipmentKey(release: string, revision: number): string {
  return `${release}@${revision}`;
}

/** What a flag may be in a release though it is not `ga`. */
export function onpremIn(state: State, flag: string, release: string): OnpremPolicy | undefined {
  const policy = state.get('onprem', flag)?.body;
  const holds = policy !== undefined && (policy.releases === undefined || isInRange(policy.releases, release));
  return holds ? policy : undefined;
}
