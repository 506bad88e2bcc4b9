import { and, asc, desc, eq, gt, lte, max, sql } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { history, revisions, versions } from '../db/schema.ts';
import type { Storage } from '../db/storage.ts';
import { none } from '../db/tables.ts';
import type { Past } from './command.ts';
import type { Bodies, Document, DocumentId, Scope, Sort } from './document.ts';
import { entryOf } from './entry.ts';

/** As far back as a feed may begin that is opened anew: the changes that it remembers, and what is missing to a milestone. */
export const patchReachRevisions = 2_048;

/** What a commit did to one document; without a body it removed it. */
export interface Version extends DocumentId {
  readonly revision: number;
  readonly body: Bodies[Sort] | undefined;
}

/** Earlier revisions of a scope, read from storage when they are asked for. */
export function pastOf(storage: Storage, scope: Scope): Past {
  return {
    at: <S extends Sort>(id: DocumentId<S>, revision: number) =>
      storage.query((db) => documentAt(versionAt(db, scope, id, revision))) as Document<S> | undefined,
    environmentAt: (environment, revision) =>
      storage.query((db) => environmentAt(db, scope, environment, revision).flatMap((row) => documentOf(versionOf(row)) ?? [])),
    erasedAt: (ids, revision) => storage.query((db) => ids.filter((id) => versionAt(db, scope, id, revision)?.erased === true)),
    erasedIn: (environment, revision) =>
      storage.query((db) =>
        environmentAt(db, scope, environment, revision)
          .filter(({ erased }) => erased)
          .map(idOfRow),
      ),
    writtenBy(revision) {
      const written = storage.query((db) => versionsOf(db, scope, revision));
      return written.length === 0 ? undefined : written.map(idOf);
    },
    entry(revision) {
      const row = storage.query((db) =>
        db
          .select()
          .from(history)
          .where(ofRevision(history, scope, revision))
          .get(),
      );
      return row && entryOf(row);
    },
  };
}

/** The revision of a scope; 0 before its first commit. */
export function storedRevision(db: Connection, { org, project = none }: Scope): number {
  return revisionOfScope(db).get({ org, project })?.revision ?? 0;
}

const revisionOfScope = prepared((db) =>
  db
    .select({ revision: revisions.revision })
    .from(revisions)
    .where(and(eq(revisions.org, sql.placeholder('org')), eq(revisions.project, sql.placeholder('project'))))
    .prepare(),
);

/** What commits after a revision did, oldest first. */
export function versionsAfter(db: Connection, scope: Scope, revision: number): Version[] {
  const order = [asc(versions.revision), asc(versions.environment), asc(versions.sort), asc(versions.key)];
  return db
    .select()
    .from(versions)
    .where(and(inScope(versions, scope), gt(versions.revision, revision)))
    .orderBy(...order)
    .all()
    .map(versionOf);
}

function versionsOf(db: Connection, scope: Scope, revision: number): Version[] {
  return db
    .select()
    .from(versions)
    .where(ofRevision(versions, scope, revision))
    .all()
    .map(versionOf);
}

/** What a document's last commit up to a revision made of it. */
function versionAt(db: Connection, scope: Scope, { sort, key, environment = none }: DocumentId, revision: number) {
  const isTheDocument = and(eq(versions.environment, environment), eq(versions.sort, sort), eq(versions.key, key));
  return db
    .select()
    .from(versions)
    .where(and(inScope(versions, scope), isTheDocument, lte(versions.revision, revision)))
    .orderBy(desc(versions.revision))
    .limit(1)
    .get();
}

/** What the last commits up to a revision made of everything in an environment. */
function environmentAt(db: Connection, scope: Scope, environment: string, revision: number): VersionRow[] {
  const upToThen = and(inScope(versions, scope), eq(versions.environment, environment), lte(versions.revision, revision));
  const last = db
    .select({ sort: versions.sort, key: versions.key, revision: max(versions.revision).as('last') })
    .from(versions)
    .where(upToThen)
    .groupBy(versions.sort, versions.key)
    .as('last_versions');
  const isLast = and(eq(versions.sort, last.sort), eq(versions.key, last.key), eq(versions.revision, last.revision));
  return db
    .select({ version: versions })
    .from(versions)
    .innerJoin(last, isLast)
    .where(upToThen)
    .orderBy(asc(versions.sort), asc(versions.key))
    .all()
    .map(({ version }) => version);
}

type Scoped = typeof versions | typeof history;

const inScope = (table: Scoped, { org, project = none }: Scope) => and(eq(table.org, org), eq(table.project, project));
const ofRevision = (table: Scoped, scope: Scope, revision: number) => and(inScope(table, scope), eq(table.revision, revision));

type VersionRow = typeof versions.$inferSelect;

function versionOf({ sort, key, environment, revision, body }: VersionRow): Version {
  return { sort, key, ...(environment !== none && { environment }), revision, body: body ?? undefined };
}

function idOf({ sort, key, environment }: Version): DocumentId {
  return { sort, key, ...(environment !== undefined && { environment }) };
}

const idOfRow = (row: VersionRow): DocumentId => idOf(versionOf(row));

function documentAt(row: VersionRow | undefined): Document | undefined {
  return row && documentOf(versionOf(row));
}

function documentOf({ body, ...version }: Version): Document | undefined {
  return body === undefined ? undefined : { ...version, body };
}
