import type { Grant, Organization } from '@taffrail/schema';
import { and, eq, sql } from 'drizzle-orm';
import type { Bodies } from '../changes/document.ts';
import { prepared } from '../db/prepared.ts';
import { documents, revisions } from '../db/schema.ts';
import type { Storage } from '../db/storage.ts';
import { none } from '../db/tables.ts';

/** An organization and what somebody may do in it. */
export interface Membership {
  readonly organization: Organization;
  readonly grants: Grant[];
}

/**
 * What a person may do in an organization. Read from rows and not from a scope's state: the organization is a name that
 * somebody typed, and a name must not make the server load or keep anything.
 */
export function grantsOf(storage: Storage, org: string, person: string): readonly Grant[] {
  return bodyOf(storage, org, 'member', person)?.grants ?? [];
}

/** The organizations that a person belongs to. */
export function membershipsOf(storage: Storage, person: string): Membership[] {
  const orgs = storage.query((db) => db.select({ org: revisions.org }).from(revisions).where(eq(revisions.project, none)).all());
  return orgs.flatMap(({ org }) => {
    const grants = grantsOf(storage, org, person);
    const organization = grants.length > 0 ? organizationAt(storage, org) : undefined;
    return organization ? [{ organization, grants: [...grants] }] : [];
  });
}

/** An organization's own document. */
export const organizationAt = (storage: Storage, org: string): Organization | undefined =>
  bodyOf(storage, org, 'organization', org);

function bodyOf<S extends 'member' | 'organization'>(storage: Storage, org: string, sort: S, key: string): Bodies[S] | undefined {
  return storage.query((db) => bodyByKey(db).get({ org, sort, key })?.body) as Bodies[S] | undefined;
}

const bodyByKey = prepared((db) =>
  db
    .select({ body: documents.body })
    .from(documents)
    .where(
      and(
        eq(documents.org, sql.placeholder('org')),
        eq(documents.project, none),
        eq(documents.environment, none),
        eq(documents.sort, sql.placeholder('sort')),
        eq(documents.key, sql.placeholder('key')),
      ),
    )
    .prepare(),
);
