import { setTimeout as wait } from 'node:timers/promises';
import type { Connection } from '../db/connection.ts';
import type { Storage } from '../db/storage.ts';
import { patchReachRevisions } from './past.ts';
import {
  eraseSuperseded,
  firstAfter,
  lastRevisionBefore,
  markThinned,
  nextEntries,
  nextVersions,
  placesWithRevisions,
  thinEntry,
  thinnedUpTo,
  type Address,
  type Place,
  type Thinned,
} from './thinning.store.ts';

/** Rows that one transaction looks at: it is over in the time of a few writes. */
const [entriesPerTurn, versionsPerTurn] = [50, 100];

export interface Thinning {
  readonly storage: Storage;
  /** What is younger stays whole. */
  readonly before: Date;
  readonly now: Date;
  /** The last revisions of which every version stays, whatever its age; absent: as many as feeds reach back. */
  readonly keptRevisions?: number | undefined;
  /** Ends the work between two transactions; what is done is done. */
  readonly signal?: AbortSignal | undefined;
}

/** What was thinned. */
export interface ThinnedCounts {
  readonly entries: number;
  readonly versions: number;
}

/**
 * Takes out of the history what is older than an instant: from entries the documents before and after, and the versions of
 * documents that were superseded before then. Sentences, digests and links stay; so does what undo, rollback and feeds need of
 * younger revisions: the last version of each document before the instant, and the last revisions that a feed may start from.
 * Small transactions, each followed by a rest as long as it took: others have half of the time at least.
 */
export async function thinHistory(thinning: Thinning): Promise<ThinnedCounts> {
  const { storage, before, keptRevisions = patchReachRevisions, signal } = thinning;
  const total = { entries: 0, versions: 0 };
  for (const { revision, ...place } of storage.query(placesWithRevisions)) {
    if (signal?.aborted) break;
    const old = storage.query((db) => lastRevisionBefore(db, place, revision, before.getTime()));
    total.entries += await thinEntries(thinning, place, old);
    total.versions += await thinVersions(thinning, place, Math.min(old, revision - keptRevisions));
  }
  return total;
}

function thinEntries(thinning: Thinning, place: Place, upTo: number): Promise<number> {
  const nowMs = thinning.now.getTime();
  return inTurns(thinning, { place, what: 'entries', upTo }, (db, done) => {
    const entries = nextEntries(db, place, done, upTo, entriesPerTurn);
    const thinned = entries.filter((entry) => thinEntry(db, place, entry, nowMs)).length;
    return { thinned, done: entries.length < entriesPerTurn ? upTo : (entries.at(-1)?.revision ?? upTo) };
  });
}

/** A revision may have more versions than one turn takes: the next one begins after the last of them, which is kept in mind only. */
function thinVersions(thinning: Thinning, place: Place, upTo: number): Promise<number> {
  let last: Address | undefined;
  return inTurns(thinning, { place, what: 'versions', upTo }, (db, done) => {
    const versions = nextVersions(db, place, last ?? firstAfter(done), upTo, versionsPerTurn);
    last = versions.at(-1);
    const thinned = versions.filter((version) => eraseSuperseded(db, place, version)).length;
    return { thinned, done: last === undefined || versions.length < versionsPerTurn ? upTo : last.revision - 1 };
  });
}

interface Course {
  readonly place: Place;
  readonly what: Thinned;
  readonly upTo: number;
}

interface Turn {
  readonly thinned: number;
  /** Up to this revision nothing is left to do. */
  readonly done: number;
}

/** One turn after the other, each a transaction that notes how far it has come. Answers how much was thinned. */
async function inTurns(
  { storage, signal }: Thinning,
  { place, what, upTo }: Course,
  turn: (db: Connection, done: number) => Turn,
): Promise<number> {
  let thinned = 0;
  let done = storage.query((db) => thinnedUpTo(db, what, place));
  for (;;) {
    if (done >= upTo || signal?.aborted) return thinned;
    const from = done;
    const turned = await restful(() =>
      storage.transact((db) => {
        const result = turn(db, from);
        markThinned(db, what, place, result.done);
        return result;
      }),
    );
    thinned += turned.thinned;
    ({ done } = turned);
  }
}

async function restful<T>(work: () => T): Promise<T> {
  const began = performance.now();
  const result = work();
  await wait(performance.now() - began, undefined, { ref: false });
  return result;
}
