import { and, eq, sql } from 'drizzle-orm';
import type { Commits } from '../changes/commits.ts';
import { prepared } from '../db/prepared.ts';
import { revisions } from '../db/schema.ts';
import type { Storage } from '../db/storage.ts';

/** Whether there is a project, and an environment in it. Asked of rows first: a name somebody typed must not be kept in memory. */
export function exists(
  { org, project, environment }: { org: string; project: string; environment?: string | undefined },
  commits: Pick<Commits, 'state'>,
  storage: Storage,
): boolean {
  if (storage.query((db) => projectRow(db).get({ org, project })) === undefined) return false;
  return environment === undefined || commits.state({ org, project }).get('environment', environment) !== undefined;
}

const projectRow = prepared((db) =>
  db
    .select({ revision: revisions.revision })
    .from(revisions)
    .where(and(eq(revisions.org, sql.placeholder('org')), eq(revisions.project, sql.placeholder('project'))))
    .prepare(),
);
