import {
  coreRows,
  combineRows,
  compile,
  type Context,
  type Flag,
  type FlagSet,
  parseSnapshot,
  type Resolution,
  resolve,
  type Rows,
} from '@taffrail/engine';
import { networkRows } from '@taffrail/engine/network';
import { versionRows } from '@taffrail/engine/versions';

/** What one flag gives a context, and the flag, to say why. */
export interface Effective {
  readonly flag: Flag;
  readonly resolution: Resolution<unknown>;
  /** It gets something else than when the flag is off. */
  readonly hasIt: boolean;
}

/** Evaluates every flag of an environment's snapshot for one context, by the engine that SDKs run. */
export async function effectiveValues(snapshotLines: string, context: Context, nowMs: number): Promise<readonly Effective[]> {
  const { snapshot, error } = parseSnapshot(snapshotLines);
  if (!snapshot) throw new Error(error);
  const set = compile(snapshot, await rowsFor(snapshotLines));
  return [...set.keys()].flatMap((key) => effectiveOf(set, key, context, nowMs) ?? []);
}

function effectiveOf(set: FlagSet, key: string, context: Context, nowMs: number): Effective | undefined {
  const flag = set.flag(key);
  if (!flag) return undefined;
  const resolution = resolve(set, key, context, nowMs);
  return { flag, resolution, hasIt: resolution.variant !== flag.off };
}

/** Regular expressions bring an engine of their own: it is loaded only for a snapshot that uses them. */
async function rowsFor(snapshotLines: string): Promise<Rows> {
  const known = [coreRows, versionRows, networkRows];
  if (!snapshotLines.includes('"op":"matches"')) return combineRows(...known);
  const { matchesRows } = await import('@taffrail/engine/matches');
  return combineRows(...known, matchesRows);
}
