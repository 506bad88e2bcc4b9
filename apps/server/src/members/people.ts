import { eq, sql } from 'drizzle-orm';
import { prepared } from '../db/prepared.ts';
import { people } from '../db/schema.ts';
import type { Storage } from '../db/storage.ts';
import { sameEmail } from './same-email.ts';

/** Somebody who can sign in. The same person may be a member of several organizations. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Absent until a password was chosen. */
  readonly passwordHash: string | undefined;
}

/** Everybody who can sign in. */
export interface People {
  byId(id: string): Person | undefined;
  byEmail(email: string): Person | undefined;
  add(person: Person, now: Date): void;
  setPassword(id: string, hash: string): void;
}

/** People as rows of the database. */
export function createPeople(storage: Storage): People {
  return {
    byId: (id) => personOf(storage.query((db) => byId(db).get({ value: id }))),
    byEmail: (email) => personOf(storage.query((db) => byEmail(db).get({ value: sameEmail(email) }))),
    add({ id, email, name, passwordHash }, now) {
      const row = { id, email: sameEmail(email), name, password: passwordHash ?? null, createdMs: now.getTime() };
      storage.transact((db) => db.insert(people).values(row).run());
    },
    setPassword(id, hash) {
      storage.transact((db) => db.update(people).set({ password: hash }).where(eq(people.id, id)).run());
    },
  };
}

const by = (column: typeof people.id | typeof people.email) =>
  prepared((db) =>
    db
      .select()
      .from(people)
      .where(eq(column, sql.placeholder('value')))
      .prepare(),
  );
const [byId, byEmail] = [by(people.id), by(people.email)];

const personOf = (row: typeof people.$inferSelect | undefined): Person | undefined =>
  row && { id: row.id, email: row.email, name: row.name, passwordHash: row.password ?? undefined };
