import { eq, sql } from 'drizzle-orm';
import { ifDiskTakes } from '../db/failures.ts';
import { prepared } from '../db/prepared.ts';
import { secrets } from '../db/schema.ts';
import type { Storage } from '../db/storage.ts';
import { digestOf, proves } from './secret.ts';

export type Credential = typeof secrets.$inferSelect;

/** What proves keys and tokens: digests of their secrets. The document of the same id says what each may. */
export interface Credentials {
  add(credential: { id: string; org: string; sort: Credential['sort']; digest: string }): void;
  find(id: string): Credential | undefined;
  /** Notes a use; written to the database now and then, with others. */
  touch(id: string, now: Date): void;
  /** When each key or token of an organization was last used. */
  lastUsed(org: string): ReadonlyMap<string, string>;
  /** When one of them was. */
  lastUse(id: string): string | undefined;
  /** Writes what was noted; what the disk refuses stays noted until the next time. */
  flush(): void;
}

/** Credentials as rows of the database. */
export function createCredentials(storage: Storage): Credentials {
  const uses = new Map<string, number>();
  return {
    add: (credential) => void storage.transact((db) => db.insert(secrets).values(credential).run()),
    find: (id) => storage.query((db) => byId(db).get({ id })),
    touch: (id, now) => void uses.set(id, now.getTime()),
    lastUsed(org) {
      const rows = storage.query((db) => db.select().from(secrets).where(eq(secrets.org, org)).all());
      const used = rows.map(({ id, lastUsedMs }) => [id, uses.get(id) ?? lastUsedMs] as const);
      return new Map(used.flatMap(([id, ms]) => (ms === null ? [] : [[id, new Date(ms).toISOString()]])));
    },
    lastUse(id) {
      const ms = uses.get(id) ?? storage.query((db) => byId(db).get({ id }))?.lastUsedMs;
      return typeof ms === 'number' ? new Date(ms).toISOString() : undefined;
    },
    flush() {
      if (uses.size === 0) return;
      const isWritten = ifDiskTakes(() =>
        storage.transact((db) => {
          for (const [id, lastUsedMs] of uses) used(db).run({ id, lastUsedMs });
        }),
      );
      if (isWritten) uses.clear();
    },
  };
}

const byId = prepared((db) =>
  db
    .select()
    .from(secrets)
    .where(eq(secrets.id, sql.placeholder('id')))
    .prepare(),
);

const used = prepared((db) =>
  db
    .update(secrets)
    .set({ lastUsedMs: sql`${sql.placeholder('lastUsedMs')}` })
    .where(eq(secrets.id, sql.placeholder('id')))
    .prepare(),
);

/** A digest of nothing that was ever drawn: an unknown id costs the same comparison as a known one. */
const nobody = digestOf('');

/** Whether a secret is the credential's. */
export const opens = (secret: string, credential: Credential | undefined): credential is Credential =>
  proves(secret, credential?.digest ?? nobody) && credential !== undefined;
