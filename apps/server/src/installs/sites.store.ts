import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { OverrideReport } from '@taffrail/schema';
import type { Connection } from '../db/connection.ts';
import { prepared } from '../db/prepared.ts';
import { acknowledgements, sites } from '../db/schema.ts';
import type { Acknowledged } from './acknowledged.ts';
import type { ProjectScope, SitePlace } from './site-place.ts';

export type SiteRow = typeof sites.$inferSelect;

/** Each install's acknowledgements, the first one first. */
export function readAcknowledgements(db: Connection, { org, project }: ProjectScope) {
  return db
    .select()
    .from(acknowledgements)
    .where(and(eq(acknowledgements.org, org), eq(acknowledgements.project, project)))
    .orderBy(asc(acknowledgements.acknowledgedMs))
    .all();
}

export function readSites(db: Connection, { org, project }: ProjectScope): SiteRow[] {
  return db
    .select()
    .from(sites)
    .where(and(eq(sites.org, org), eq(sites.project, project)))
    .all();
}

export function readSite(db: Connection, { org, project, install }: SitePlace): SiteRow | undefined {
  return statements(db).site.get({ org, project, install });
}

/** Keeps the first acknowledgement of a shipment; it is kept even if the same is said again. */
export function addAcknowledgement(db: Connection, { org, project, install }: SitePlace, said: Acknowledged): void {
  const { digest, revision, appliedMs, acknowledgedMs } = said;
  statements(db).add.run({ org, project, install, digest, revision, appliedMs, acknowledgedMs });
}

export function removeAcknowledgements(db: Connection, { org, project, install }: SitePlace, digests: readonly string[]): void {
  const place = [eq(acknowledgements.org, org), eq(acknowledgements.project, project), eq(acknowledgements.install, install)];
  db.delete(acknowledgements)
    .where(and(...place, inArray(acknowledgements.digest, [...digests])))
    .run();
}

/** What a site said last, and what it shares: undefined where its operator shares nothing. */
export function putNewest(
  db: Connection,
  { org, project, install }: SitePlace,
  newest: Acknowledged,
  {
    overrides = null,
    acknowledgedMs: atMs,
  }: { readonly overrides?: OverrideReport[] | null | undefined; readonly acknowledgedMs: number },
): void {
  const shared = { overrides, overridesMs: overrides === null ? null : atMs };
  statements(db).newest.run({ org, project, install, ...said(newest), ...shared, lastSeenMs: atMs });
}

const said = ({ digest, revision, appliedMs, acknowledgedMs }: Acknowledged) => ({ digest, revision, appliedMs, acknowledgedMs });

export function putSeen(db: Connection, { org, project, install }: SitePlace, lastSeenMs: number): void {
  statements(db).see.run({ org, project, install, lastSeenMs });
}

const asked = sql.placeholder;

const place = { org: asked('org'), project: asked('project'), install: asked('install') };
const acknowledged = {
  digest: asked('digest'),
  revision: asked('revision'),
  appliedMs: asked('appliedMs'),
  acknowledgedMs: asked('acknowledgedMs'),
};
const newest = { ...acknowledged, overrides: asked('overrides'), overridesMs: asked('overridesMs') };

const statements = prepared((db) => ({
  add: db
    .insert(acknowledgements)
    .values({ ...place, ...acknowledged })
    .onConflictDoNothing()
    .prepare(),
  newest: db
    .insert(sites)
    .values({ ...place, ...newest, lastSeenMs: asked('lastSeenMs') })
    .onConflictDoUpdate({
      target: [sites.org, sites.project, sites.install],
      set: {
        digest: sql`excluded.digest`,
        revision: sql`excluded.revision`,
        appliedMs: sql`excluded.applied_ms`,
        acknowledgedMs: sql`excluded.acknowledged_ms`,
        overrides: sql`excluded.overrides`,
        overridesMs: sql`excluded.overrides_ms`,
        lastSeenMs: sql`excluded.last_seen_ms`,
      },
    })
    .prepare(),
  see: db
    .insert(sites)
    .values({ ...place, lastSeenMs: asked('lastSeenMs') })
    .onConflictDoUpdate({
      target: [sites.org, sites.project, sites.install],
      set: { lastSeenMs: sql`excluded.last_seen_ms` },
    })
    .prepare(),
  site: db
    .select()
    .from(sites)
    .where(and(eq(sites.org, asked('org')), eq(sites.project, asked('project')), eq(sites.install, asked('install'))))
    .prepare(),
}));
