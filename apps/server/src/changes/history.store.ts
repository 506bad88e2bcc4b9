import { and, asc, desc, eq, gt, gte, inArray, lt, lte, or, sum, type SQL } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { documents, history, revisions, versions } from '../db/schema.ts';
import { none } from '../db/tables.ts';
import type { Bodies, Scope } from './document.ts';
import type { EntryRow } from './entry.ts';

/** Which entries are asked for. Instants are as the API writes them. */
export interface Filter {
  readonly flag?: string | undefined;
  /** The feature itself, and the flags that it has now. */
  readonly feature?: string | undefined;
  readonly environment?: string | undefined;
  readonly by?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** Entries that wrote something in one of these environments, or something of the project itself; absent means any. */
  readonly within?: readonly string[] | undefined;
  /** Entries older than this sequence number. */
  readonly before?: number | undefined;
}

/** What a project's commits of these names say concerns the organization as well. */
const toldToOrganization = ['project.create', 'project.rename', 'environment.create'];

/** Entries of a scope that match, newest first. */
export function newestEntries(db: Connection, scope: Scope, filter: Filter, limit: number): EntryRow[] {
  return db
    .select()
    .from(history)
    .where(matching(db, scope, filter))
    .orderBy(desc(history.seq))
    .limit(limit)
    .all();
}

/** Entries of a scope that match, oldest first, from after a sequence number. */
export function entriesAfter(db: Connection, scope: Scope, filter: Filter, seq: number, limit: number): EntryRow[] {
  const isAsked = and(matching(db, scope, filter), gt(history.seq, seq));
  return db.select().from(history).where(isAsked).orderBy(asc(history.seq)).limit(limit).all();
}

/** A whole organization's chain, oldest first, from after a sequence number. */
export function chainAfter(db: Connection, org: string, seq: number, limit: number): EntryRow[] {
  const isAsked = and(eq(history.org, org), gt(history.seq, seq));
  return db.select().from(history).where(isAsked).orderBy(asc(history.seq)).limit(limit).all();
}

/** How many commits an organization has seen: each raised one revision by one. */
export function commitsCounted(db: Connection, org: string): number {
  const counted = db
    .select({ total: sum(revisions.revision) })
    .from(revisions)
    .where(eq(revisions.org, org))
    .get();
  return Number(counted?.total ?? 0);
}

function matching(db: Connection, scope: Scope, filter: Filter): SQL | undefined {
  return and(
    inScope(scope),
    filter.by === undefined ? undefined : eq(history.actorId, filter.by),
    filter.since === undefined ? undefined : gte(history.atMs, Date.parse(filter.since)),
    filter.until === undefined ? undefined : lte(history.atMs, Date.parse(filter.until)),
    filter.before === undefined ? undefined : lt(history.seq, filter.before),
    touching(db, scope, filter),
  );
}

function inScope({ org, project = none }: Scope): SQL | undefined {
  const isOfProject = eq(history.project, project);
  const isTold = project === none ? or(isOfProject, inArray(history.command, toldToOrganization)) : isOfProject;
  return and(eq(history.org, org), isTold);
}

/** Commits that wrote a flag, a feature, or anything in an environment, or one of those in an environment. */
function touching(db: Connection, scope: Scope, { flag, feature, environment, within }: Filter): SQL | undefined {
  if ([flag, feature, environment, within].every((asked) => asked === undefined)) return undefined;
  const { org, project = none } = scope;
  const written = and(
    eq(versions.org, org),
    eq(versions.project, project),
    environment === undefined ? undefined : eq(versions.environment, environment),
    within === undefined ? undefined : inArray(versions.environment, [none, ...within]),
    flag === undefined ? undefined : writtenFlags([flag]),
    feature === undefined ? undefined : or(writtenFeature(feature), writtenFlags(flagsOf(db, scope, feature))),
  );
  return inArray(history.revision, db.select({ revision: versions.revision }).from(versions).where(written));
}

function writtenFlags(keys: readonly string[]): SQL | undefined {
  return and(inArray(versions.sort, ['flag', 'environment-flag']), inArray(versions.key, [...keys]));
}

function writtenFeature(key: string): SQL | undefined {
  return and(inArray(versions.sort, ['feature', 'feature-stage']), eq(versions.key, key));
}

function flagsOf(db: Connection, { org, project = none }: Scope, feature: string): readonly string[] {
  const address = { org, project, environment: none, sort: 'feature', key: feature } as const;
  const isAsked = and(...Object.entries(address).map(([column, value]) => eq(documents[column as keyof typeof address], value)));
  const found = db.select({ body: documents.body }).from(documents).where(isAsked).get();
  return (found?.body as Bodies['feature'] | undefined)?.flags ?? [];
}
