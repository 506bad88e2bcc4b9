import { and, desc, eq, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { documents, history, revisions, versions } from '../db/schema.ts';
import { none } from '../db/tables.ts';
import { chainStart } from './digest.ts';
import type { Scope, Write } from './document.ts';
import { chained, type EntryBody, type EntryRow } from './entry.ts';

/** Rows inserted by one statement: SQLite takes 32,766 values in one. */
const rowsPerInsert = 1_000;

/** What one commit puts into storage. */
export interface Commit {
  readonly scope: Scope;
  readonly revision: number;
  readonly writes: readonly Write[];
  readonly entry: Omit<EntryBody, 'org' | 'project' | 'seq' | 'revision'>;
}

/** Writes a commit's documents, their versions, its entry in the history and the revision. Returns the entry, chained. */
export function writeCommit(db: Connection, { scope, revision, writes, entry }: Commit): EntryRow {
  const place = { org: scope.org, project: scope.project ?? none };
  writeDocuments(db, place, revision, writes);
  writeVersions(db, place, revision, writes);
  const { seq, link } = lastEntry(db, scope.org);
  const row = chained({ ...place, ...entry, seq: seq + 1, revision }, link);
  db.insert(history).values(row).run();
  statements(db).raise.run({ ...place, revision });
  return row;
}

/** Where the chain of an organization ends. */
function lastEntry(db: Connection, org: string): { readonly seq: number; readonly link: string } {
  return statements(db).last.get({ org }) ?? { seq: 0, link: chainStart };
}

interface Place {
  readonly org: string;
  readonly project: string;
}

function writeDocuments(db: Connection, place: Place, revision: number, writes: readonly Write[]): void {
  const { put, remove } = statements(db);
  for (const { sort, key, environment = none, body } of writes) {
    const address = { ...place, environment, sort, key };
    if (body === undefined) remove.run(address);
    else put.run({ ...address, revision, body });
  }
}

function writeVersions(db: Connection, place: Place, revision: number, writes: readonly Write[]): void {
  const rows = writes.map(({ sort, key, environment = none, body = null }) => ({
    ...place,
    revision,
    environment,
    sort,
    key,
    body,
  }));
  for (let from = 0; from < rows.length; from += rowsPerInsert) {
    db.insert(versions)
      .values(rows.slice(from, from + rowsPerInsert))
      .run();
  }
}

const asked = sql.placeholder;

const isAskedDocument = and(
  eq(documents.org, asked('org')),
  eq(documents.project, asked('project')),
  eq(documents.environment, asked('environment')),
  eq(documents.sort, asked('sort')),
  eq(documents.key, asked('key')),
);

const statements = prepared((db) => ({
  put: db
    .insert(documents)
    .values({
      org: asked('org'),
      project: asked('project'),
      environment: asked('environment'),
      sort: asked('sort'),
      key: asked('key'),
      revision: asked('revision'),
      body: asked('body'),
    })
    .onConflictDoUpdate({
      target: [documents.org, documents.project, documents.environment, documents.sort, documents.key],
      set: { revision: sql`${asked('revision')}`, body: sql`${sql.param(asked('body'), documents.body)}` },
    })
    .prepare(),
  remove: db.delete(documents).where(isAskedDocument).prepare(),
  raise: db
    .insert(revisions)
    .values({ org: asked('org'), project: asked('project'), revision: asked('revision') })
    .onConflictDoUpdate({ target: [revisions.org, revisions.project], set: { revision: sql`${asked('revision')}` } })
    .prepare(),
  last: db
    .select({ seq: history.seq, link: history.link })
    .from(history)
    .where(eq(history.org, asked('org')))
    .orderBy(desc(history.seq))
    .limit(1)
    .prepare(),
}));
