import type { Actor, Change } from '@taffrail/schema';
import { and, eq, inArray } from 'drizzle-orm';
import { history } from '../db/schema.ts';
import type { Storage } from '../db/storage.ts';
import { none } from '../db/tables.ts';
import type { Scope } from './document.ts';

/** A commit in short: who, when, and a sentence for each document. */
export interface Told {
  readonly revision: number;
  readonly atMs: number;
  readonly by: Actor;
  readonly sentences: readonly Sentence[];
}

/** What a change says, and of what. */
type Sentence = Pick<Change, 'environment' | 'key' | 'summary'>;

/** Rows read by one query: SQLite takes 32,766 values in one. */
const rowsPerQuery = 1_000;

/** Entries kept in mind; with more, all are read anew. */
const entriesKept = 20_000;

const kept = new WeakMap<Storage, Map<string, Told>>();

/** Commits of a scope in short, by revision. What was read once is kept: no entry changes unless it is erased. */
export function toldOf(storage: Storage, { org, project = none }: Scope, revisions: Iterable<number>): ReadonlyMap<number, Told> {
  const known = kept.get(storage) ?? new Map<string, Told>();
  kept.set(storage, known);
  if (known.size > entriesKept) known.clear();
  const addressOf = (revision: number) => `${org}/${project}/${revision}`;
  const wanted = [...new Set(revisions)];
  const missing = wanted.filter((revision) => !known.has(addressOf(revision)));
  for (let from = 0; from < missing.length; from += rowsPerQuery) {
    for (const told of read(storage, org, project, missing.slice(from, from + rowsPerQuery)))
      known.set(addressOf(told.revision), told);
  }
  return new Map(
    wanted.flatMap((revision) => [known.get(addressOf(revision)) ?? []].flat().map((told) => [revision, told] as const)),
  );
}

/** What an erased entry said is forgotten here too. */
export function forgetTold(storage: Storage): void {
  kept.delete(storage);
}

function read(storage: Storage, org: string, project: string, revisions: readonly number[]): Told[] {
  const asked = and(eq(history.org, org), eq(history.project, project), inArray(history.revision, [...revisions]));
  const rows = storage.query((db) => db.select().from(history).where(asked).all());
  return rows.map(({ revision, atMs, actor, changes }) => ({
    revision,
    atMs,
    by: actor,
    sentences: changes.map(sentenceOf),
  }));
}

const sentenceOf = ({ environment, key, summary }: Change): Sentence => ({
  ...(environment !== undefined && { environment }),
  key,
  summary,
});
