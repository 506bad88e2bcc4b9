import type { Change, HistoryEntry } from '@taffrail/schema';
import { none } from '../db/tables.ts';
import type { history } from '../db/schema.ts';
import { digestOf, linkOf } from './digest.ts';

/** A row of the history, as it is stored. */
export type EntryRow = typeof history.$inferSelect;
/** What a commit has to say; the chain adds the rest. */
export type EntryBody = Omit<EntryRow, 'digest' | 'link' | 'erasedMs'>;

/** Chains an entry to the one before it. */
export function chained(body: EntryBody, previousLink: string): EntryRow {
  const digest = digestOfEntry(body);
  return { ...body, digest, link: linkOf(previousLink, digest), erasedMs: null };
}

/** SHA-256 of everything that an entry says. */
export function digestOfEntry({ org, seq, project, revision, atMs, actor, command, reason, changes, undoes }: EntryBody): string {
  return digestOf({ org, seq, project, revision, atMs, actor, command, reason, changes, undoes });
}

/** An entry as people and programs read it. */
export function entryOf(row: EntryRow): HistoryEntry {
  const { seq, project, revision, atMs, actor, command, reason, changes, undoes, digest, link, erasedMs } = row;
  return {
    seq,
    ...(project !== none && { project }),
    revision,
    at: new Date(atMs).toISOString(),
    actor,
    command,
    ...(reason !== null && { reason }),
    changes,
    ...(undoes !== null && { undoes }),
    digest,
    link,
    ...(erasedMs !== null && { erasedAt: new Date(erasedMs).toISOString() }),
  };
}

/** What is left of a change of which nobody is to know any more what it was: of what it was. */
export const wordless = ({ environment, kind, sort, key }: Change): Change => ({
  kind,
  ...(environment !== undefined && { environment }),
  sort,
  key,
  summary: 'erased',
});

/** What is left of a change whose sentence stays, but not the documents before and after. */
export const inWordsAlone = (change: Change): Change => ({ ...wordless(change), summary: change.summary });
