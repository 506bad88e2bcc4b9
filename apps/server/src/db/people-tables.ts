import type { Dialect } from './columns.ts';

/** Who people are, and what proves it. */
export const peopleTables = (d: Dialect) => ({
  /** People, who may belong to several organizations by member documents with the same id. */
  people: d.table('people', {
    id: d.text('id').primaryKey(),
    email: d.text('email').notNull().unique(),
    name: d.text('name').notNull(),
    /** scrypt, with its parameters and salt; absent until a password was chosen. */
    password: d.text('password'),
    createdMs: d.ms('created_ms').notNull(),
  }),

  /** Sign-in sessions: the SHA-256 of the cookie's secret. */
  sessions: d.table(
    'sessions',
    {
      id: d.text('id').primaryKey(),
      digest: d.text('digest').notNull(),
      person: d.text('person').notNull(),
      createdMs: d.ms('created_ms').notNull(),
      lastUsedMs: d.ms('last_used_ms').notNull(),
      expiresMs: d.ms('expires_ms').notNull(),
    },
    (t) => [d.index('sessions_by_person').on(t.person)],
  ),

  /** One-time links: first sign-in, sign-in of a lost owner, invitations. */
  links: d.table('links', {
    id: d.text('id').primaryKey(),
    digest: d.text('digest').notNull(),
    purpose: d.text('purpose').notNull().$type<'first-sign-in' | 'sign-in' | 'invitation'>(),
    /** For an invitation: the organization, and the invitation document's id. */
    org: d.text('org'),
    invitation: d.text('invitation'),
    person: d.text('person'),
    createdMs: d.ms('created_ms').notNull(),
    expiresMs: d.ms('expires_ms').notNull(),
    usedMs: d.ms('used_ms'),
  }),

  /** What proves a key or token: the SHA-256 of its secret. The document of the same id says what it may. */
  secrets: d.table(
    'secrets',
    {
      id: d.text('id').primaryKey(),
      org: d.text('org').notNull(),
      sort: d.text('sort').notNull().$type<'sdk-key' | 'install-key' | 'token'>(),
      digest: d.text('digest').notNull(),
      lastUsedMs: d.ms('last_used_ms'),
    },
    (t) => [d.index('secrets_by_org').on(t.org)],
  ),
});
