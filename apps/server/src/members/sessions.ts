import { and, eq, lt, ne, sql } from 'drizzle-orm';
import { ifDiskTakes } from '../db/failures.ts';
import { prepared } from '../db/prepared.ts';
import { sessions } from '../db/schema.ts';
import type { Storage } from '../db/storage.ts';
import { drawSecret, proves, readSecret } from './secret.ts';

const dayMs = 86_400_000;
/** A session ends when it was not used for this long, and at the latest after `longestMs`. */
export const idleMs = 14 * dayMs;
const longestMs = 90 * dayMs;
/** How old the noted last use may get: a session is read often and written seldom. */
const staleMs = dayMs / 24;

interface Session {
  readonly id: string;
  readonly person: string;
}

/** Who is signed in. The database knows the SHA-256 of each cookie's secret, and no secret. */
export interface Sessions {
  /** Signs a person in; answers the secret for the cookie. */
  start(person: string, now: Date): { readonly id: string; readonly secret: string };
  /** The session that a cookie's secret opens, if it has not ended. Using it keeps it alive. */
  find(secret: string, now: Date): Session | undefined;
  end(id: string): void;
  /** Ends all sessions of a person but one; answers which. */
  endAll(person: string, but?: string): readonly string[];
}

/** Sessions as rows of the database. */
export function createSessions(storage: Storage): Sessions {
  return {
    start(person, now) {
      const { id, secret, digest } = drawSecret('session');
      const nowMs = now.getTime();
      storage.transact((db) => {
        db.delete(sessions).where(lt(sessions.expiresMs, nowMs)).run();
        const row = { id, digest, person, createdMs: nowMs, lastUsedMs: nowMs, expiresMs: nowMs + idleMs };
        db.insert(sessions).values(row).run();
      });
      return { id, secret };
    },
    find(secret, now) {
      const claim = readSecret(secret);
      if (claim === 'mistyped' || claim.kind !== 'session') return undefined;
      const row = storage.query((db) => byId(db).get({ id: claim.id }));
      if (!row || row.expiresMs <= now.getTime() || !proves(secret, row.digest)) return undefined;
      if (row.lastUsedMs + staleMs < now.getTime()) keepAlive(storage, row, now.getTime());
      return { id: row.id, person: row.person };
    },
    end: (id) => void storage.transact((db) => db.delete(sessions).where(eq(sessions.id, id)).run()),
    endAll(person, but = '') {
      const theirs = and(eq(sessions.person, person), ne(sessions.id, but));
      return storage.transact((db) => db.delete(sessions).where(theirs).returning({ id: sessions.id }).all()).map(({ id }) => id);
    },
  };
}

const byId = prepared((db) =>
  db
    .select()
    .from(sessions)
    .where(eq(sessions.id, sql.placeholder('id')))
    .prepare(),
);

function keepAlive(storage: Storage, { id, createdMs }: typeof sessions.$inferSelect, nowMs: number): void {
  const expiresMs = Math.min(nowMs + idleMs, createdMs + longestMs);
  ifDiskTakes(() =>
    storage.transact((db) => db.update(sessions).set({ lastUsedMs: nowMs, expiresMs }).where(eq(sessions.id, id)).run()),
  );
}
