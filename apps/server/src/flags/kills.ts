import type { Contracts, HistoryEntry, ResponseOf } from '@taffrail/schema';
import type { State } from '../changes/command.ts';
import { entryOf } from '../changes/entry.ts';
import { newestEntries } from '../changes/history.store.ts';
import type { Storage } from '../db/storage.ts';

type Detail = ResponseOf<Contracts['GET /orgs/:org/projects/:project/flags/:flag']>;
export type Kill = NonNullable<Detail['kills']>[string];

/** The commits that are looked through for the kill: a killed flag is rarely edited. */
const entriesLookedAt = 100;

/** Who killed a flag in an environment and why, by itself or with its feature; undefined if the history does not say any more. */
export function killOf(storage: Storage, { scope }: State, environment: string, flag: string): Kill | undefined {
  const rows = storage.query((db) => newestEntries(db, scope, { flag, environment }, entriesLookedAt));
  const entry = rows.map(entryOf).find(({ changes }) => changes.some((change) => locks(change, environment, flag)));
  return entry && told(entry, environment);
}

function locks({ sort, environment, key, before, after }: HistoryEntry['changes'][number], here: string, flag: string): boolean {
  if (sort !== 'environment-flag' || environment !== here || key !== flag) return false;
  return isLocked(after) && !isLocked(before);
}

const isLocked = (body: unknown): boolean => (body as { locked?: unknown } | null | undefined)?.locked === true;

function told({ revision, at, actor, reason, changes }: HistoryEntry, here: string): Kill {
  const feature = changes.find(({ sort, environment }) => sort === 'feature-stage' && environment === here)?.key;
  return { revision, at, by: actor, ...(reason !== undefined && { reason }), ...(feature !== undefined && { feature }) };
}
