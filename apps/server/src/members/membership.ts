import type { Grant, Member, Organization } from '@taffrail/schema';
import { and, eq } from 'drizzle-orm';
import { documents, revisions } from '../db/schema.ts';
import type { Storage } from '../db/storage.ts';
import { none } from '../db/tables.ts';

/**
 * Read from rows and not from a scope's state: the organization is a name that somebody typed, and a name must not make the
 * server load or keep anything.
 */
export function grantsOf(storage: Storage, org: string, person: string): readonly Grant[] {
  const row = storage.query((db) =>
    db
      .select({ body: documents.body })
      .from(documents)
      .where(document(org, 'member', person))
      .get(),
  );
  return (row?.body as Member | undefined)?.grants ?? [];
}

/** The organizations that a person belongs to. */
export function organizationsOf(storage: Storage, person: string): { organization: Organization; grants: Grant[] }[] {
  const orgs = storage.query((db) => db.select({ org: revisions.org }).from(revisions).where(eq(revisions.project, none)).all());
  return orgs.flatMap(({ org }) => {
    const grants = grantsOf(storage, org, person);
    const row = storage.query((db) =>
      db
        .select({ body: documents.body })
        .from(documents)
        .where(document(org, 'organization', org))
        .get(),
    );
    return row && grants.length > 0 ? [{ organization: row.body as Organization, grants: [...grants] }] : [];
  });
}

const document = (org: string, sort: 'member' | 'organization', key: string) =>
  and(
    eq(documents.org, org),
    eq(documents.project, none),
    eq(documents.environment, none),
    eq(documents.sort, sort),
    eq(documents.key, key),
  );
