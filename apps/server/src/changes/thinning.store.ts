import type { Change } from '@taffrail/schema';
import { and, asc, eq, gt, isNull, lte, sql, type SQL } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { readMeta, writeMeta } from '../db/meta.ts';
import { prepared } from '../db/prepared.ts';
import { history, revisions, versions } from '../db/schema.ts';
import { none } from '../db/tables.ts';
import { inWordsAlone } from './entry.ts';

/** A scope as rows name it. */
export interface Place {
  readonly org: string;
  readonly project: string;
}

/** What is thinned: sentences of entries stay, documents before and after go; of documents go the versions that were superseded. */
export type Thinned = 'entries' | 'versions';

/** Up to a revision everything of a scope has been thinned. Kept with what was thinned, so that each row is looked at once. */
export function thinnedUpTo(db: Connection, what: Thinned, place: Place): number {
  return Number(readMeta(db, markOf(what, place)) ?? 0);
}

export function markThinned(db: Connection, what: Thinned, place: Place, revision: number): void {
  writeMeta(db, markOf(what, place), String(revision));
}

const markOf = (what: Thinned, { org, project }: Place): string => `thinned ${what} ${org}/${project}`;

export function placesWithRevisions(db: Connection): (Place & { readonly revision: number })[] {
  return db.select().from(revisions).all();
}

/** The last of a scope's revisions that was made before an instant; 0 if none was. Each revision has one entry, in order of time. */
export function lastRevisionBefore(db: Connection, place: Place, revision: number, beforeMs: number): number {
  let [first, last] = [0, revision];
  while (first < last) {
    const middle = Math.ceil((first + last) / 2);
    const atMs = statements(db).madeAt.get({ ...place, revision: middle })?.atMs ?? 0;
    if (atMs < beforeMs) first = middle;
    else last = middle - 1;
  }
  return first;
}

/** An entry as thinning sees it. */
type Told = Pick<typeof history.$inferSelect, 'seq' | 'revision' | 'changes' | 'erasedMs'>;

/** The next entries of a scope after a revision. */
export function nextEntries(db: Connection, place: Place, after: number, upTo: number, limit: number): Told[] {
  return db
    .select({ seq: history.seq, revision: history.revision, changes: history.changes, erasedMs: history.erasedMs })
    .from(history)
    .where(
      and(
        eq(history.org, place.org),
        eq(history.project, place.project),
        gt(history.revision, after),
        lte(history.revision, upTo),
      ),
    )
    .orderBy(asc(history.revision))
    .limit(limit)
    .all();
}

/** Takes the documents out of an entry. False if it holds none, so that it stays as it was made. */
export function thinEntry(db: Connection, { org }: Place, { seq, changes, erasedMs }: Told, nowMs: number): boolean {
  if (erasedMs !== null || !changes.some(showsDocument)) return false;
  const thin = { changes: changes.map(inWordsAlone), erasedMs: nowMs };
  const isIt = and(eq(history.org, org), eq(history.seq, seq), isNull(history.erasedMs));
  return db.update(history).set(thin).where(isIt).run().changes > 0;
}

const showsDocument = ({ before, after }: Change): boolean => before !== undefined || after !== undefined;

/** Where one version of a document stands among all of its scope. */
export type Address = Pick<typeof versions.$inferSelect, 'revision' | 'environment' | 'sort' | 'key'>;

/** Before the first version of the revision after this one. */
export const firstAfter = (revision: number): Address => ({
  revision: revision + 1,
  environment: none,
  sort: '' as Address['sort'],
  key: '',
});

/** The next versions of a scope after one of them, in order. */
export function nextVersions(db: Connection, { org, project }: Place, after: Address, upTo: number, limit: number): Address[] {
  const { revision, environment, sort, key } = versions;
  return db
    .select({ revision, environment, sort, key })
    .from(versions)
    .where(and(eq(versions.org, org), eq(versions.project, project), comesAfter(after), lte(revision, upTo)))
    .orderBy(asc(revision), asc(environment), asc(sort), asc(key))
    .limit(limit)
    .all();
}

function comesAfter({ revision, environment, sort, key }: Address): SQL {
  const place = sql`(${versions.revision}, ${versions.environment}, ${versions.sort}, ${versions.key})`;
  return sql`${place} > (${revision}, ${environment}, ${sort}, ${key})`;
}

/** Erases the body that a version superseded, if it had one. */
export function eraseSuperseded(db: Connection, place: Place, address: Address): boolean {
  return statements(db).erase.run({ ...place, ...address }).changes > 0;
}

const asked = sql.placeholder;

const ofDocument = and(
  eq(versions.org, asked('org')),
  eq(versions.project, asked('project')),
  eq(versions.environment, asked('environment')),
  eq(versions.sort, asked('sort')),
  eq(versions.key, asked('key')),
);

const superseded = sql`(SELECT max(${versions.revision}) FROM ${versions} WHERE ${ofDocument} AND ${versions.revision} < ${asked('revision')})`;

const statements = prepared((db) => ({
  madeAt: db
    .select({ atMs: history.atMs })
    .from(history)
    .where(and(eq(history.org, asked('org')), eq(history.project, asked('project')), eq(history.revision, asked('revision'))))
    .prepare(),
  erase: db
    .update(versions)
    .set({ body: null, erased: true })
    .where(and(ofDocument, sql`${versions.revision} = ${superseded}`, sql`${versions.body} IS NOT NULL`))
    .prepare(),
}));
