import { and, eq } from 'drizzle-orm';
import type { SdkKey } from '@taffrail/schema';
import type { Commits } from '../changes/commits.ts';
import { documents, secrets } from '../db/schema.ts';
import type { Storage } from '../db/storage.ts';
import { type Keyring, keyringOf, type RingKey } from './keyring.ts';

/** The keyring of the database, read again when keys may have changed. */
export function createWriterKeys(storage: Storage, commits: Pick<Commits, 'onCommit'>, clock: () => Date, changed: () => void) {
  let ring: Keyring | undefined;
  const stop = commits.onCommit(({ scope }) => {
    if (scope.project !== undefined) return;
    ring = undefined;
    changed();
  });
  return { ring: () => (ring ??= keyringOf(goodKeys(storage), clock().getTime())), close: stop };
}

/** Every key that was not revoked; when one expires is for its reader to notice. */
function goodKeys(storage: Storage): RingKey[] {
  const rows = storage.query((db) =>
    db
      .select({ org: documents.org, body: documents.body, digest: secrets.digest })
      .from(documents)
      .innerJoin(secrets, and(eq(secrets.id, documents.key), eq(secrets.org, documents.org)))
      .where(eq(documents.sort, 'sdk-key'))
      .orderBy(documents.key)
      .all(),
  );
  return rows.flatMap(({ org, body, digest }) => ringKeyOf(org, body as SdkKey, digest) ?? []);
}

function ringKeyOf(org: string, key: SdkKey, digest: string): RingKey | undefined {
  const { id, kind, project, environment, origins, expiresAt, revokedAt } = key;
  if (revokedAt !== undefined) return undefined;
  const expires = expiresAt === undefined ? {} : { expiresMs: Date.parse(expiresAt) };
  return { id, kind, org, project, environment, origins, digest, ...expires };
}
