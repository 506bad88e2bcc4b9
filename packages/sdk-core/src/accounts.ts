import type { Reason, Resolution, SnapshotHeader } from '@taffrail/engine';
import type { State } from './states.ts';

/** How far the state at hand can be relied on. */
export interface Standpoint {
  readonly state: () => State;
  /** Whether the origin has said that this state is its own; else it comes from before this process. */
  readonly isConfirmed: () => boolean;
}

/**
 * Adds to a flag's answer which state it is from. A value that may be outdated is the same value: its reason says so, and its own reason
 * stands in the metadata. Made once for each answer that a flag has, for as long as the state and its standing last.
 */
export function createAccounts(standpoint: Standpoint): <T>(resolution: Resolution<T>, header: SnapshotHeader) => Resolution<T> {
  let made = new WeakMap<Resolution<unknown>, Resolution<unknown>>();
  let [madeOf, madeIn]: [SnapshotHeader?, Reason?] = [];

  return <T>(resolution: Resolution<T>, header: SnapshotHeader) => {
    const doubt = doubtOf(standpoint);
    if (header !== madeOf || doubt !== madeIn) [made, madeOf, madeIn] = [new WeakMap(), header, doubt];
    let account = made.get(resolution);
    if (!account) made.set(resolution, (account = accountOf(resolution, header, doubt)));
    return account as Resolution<T>;
  };
}

function accountOf<T>(resolution: Resolution<T>, header: SnapshotHeader, doubt: Reason | undefined): Resolution<T> {
  const isDoubted = doubt !== undefined && resolution.reason !== 'ERROR';
  const flagMetadata = Object.freeze({
    layer: 'environment',
    ...resolution.flagMetadata,
    revision: header.revision,
    ...('release' in header.origin ? { release: header.origin.release } : { environment: header.origin.environment }),
    ...(isDoubted ? { reason: resolution.reason } : {}),
  });
  return Object.freeze({ ...resolution, ...(isDoubted ? { reason: doubt } : {}), flagMetadata });
}

function doubtOf({ state, isConfirmed }: Standpoint): Reason | undefined {
  if (!isConfirmed()) return 'CACHED';
  return state() === 'READY' ? undefined : 'STALE';
}
