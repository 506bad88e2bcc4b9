import type { Json } from '@taffrail/engine';
import type { Actor, Change } from '@taffrail/schema';
import type { Bodies } from '../changes/document.ts';
import type { Dialect } from './columns.ts';

/** Stands for "no project" or "no environment" in keys, where SQL's NULL would be unequal to itself. */
export const none = '';

/** Every table, defined once for all dialects. Every row has its organization but for people and what proves who they are. */
export const defineTables = (d: Dialect) => ({
  /** Facts of the database itself: `epoch`, `created-at`. */
  meta: d.table('meta', { name: d.text('name').primaryKey(), value: d.text('value').notNull() }),

  /** The revision of each scope, +1 a commit, never reused. */
  revisions: d.table(
    'revisions',
    { org: d.text('org').notNull(), project: d.text('project').notNull(), revision: d.int('revision').notNull() },
    (t) => [d.primaryKey({ columns: [t.org, t.project] })],
  ),

  /** The current documents. */
  documents: d.table(
    'documents',
    {
      org: d.text('org').notNull(),
      project: d.text('project').notNull(),
      environment: d.text('environment').notNull(),
      sort: d.text('sort').notNull().$type<keyof Bodies>(),
      key: d.text('key').notNull(),
      revision: d.int('revision').notNull(),
      body: d.json<Bodies[keyof Bodies]>('body').notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.org, t.project, t.environment, t.sort, t.key] })],
  ),

  /** Every version of every document, for undo, rollback and patches; a removal has no body. This is the outbox too. */
  versions: d.table(
    'versions',
    {
      org: d.text('org').notNull(),
      project: d.text('project').notNull(),
      revision: d.int('revision').notNull(),
      environment: d.text('environment').notNull(),
      sort: d.text('sort').notNull().$type<keyof Bodies>(),
      key: d.text('key').notNull(),
      body: d.json<Bodies[keyof Bodies] | null>('body'),
    },
    (t) => [
      d.primaryKey({ columns: [t.org, t.project, t.revision, t.environment, t.sort, t.key] }),
      d.index('versions_by_document').on(t.org, t.project, t.environment, t.sort, t.key, t.revision),
    ],
  ),

  /** The hash-chained history, one chain an organization; no row is ever updated but to erase a body. */
  history: d.table(
    'history',
    {
      org: d.text('org').notNull(),
      seq: d.int('seq').notNull(),
      project: d.text('project').notNull(),
      revision: d.int('revision').notNull(),
      atMs: d.ms('at_ms').notNull(),
      actor: d.json<Actor>('actor').notNull(),
      command: d.text('command').notNull(),
      reason: d.text('reason'),
      changes: d.json<Change[]>('changes').notNull(),
      undoes: d.int('undoes'),
      digest: d.text('digest').notNull(),
      link: d.text('link').notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.org, t.seq] }), d.uniqueIndex('history_by_revision').on(t.org, t.project, t.revision)],
  ),

  /** What the first order with an idempotency key answered; kept for a day. */
  answers: d.table(
    'answers',
    {
      org: d.text('org').notNull(),
      project: d.text('project').notNull(),
      key: d.text('key').notNull(),
      /** SHA-256 of command, input and actor: the same key with another order is a mistake. */
      order: d.text('order').notNull(),
      answer: d.json<Json>('answer').notNull(),
      atMs: d.ms('at_ms').notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.org, t.project, t.key] })],
  ),

  /** Known contexts: not documents, because they are many and nobody's edits. */
  contexts: d.table(
    'contexts',
    {
      org: d.text('org').notNull(),
      project: d.text('project').notNull(),
      environment: d.text('environment').notNull(),
      kind: d.text('kind').notNull(),
      key: d.text('key').notNull(),
      attributes: d.json<Record<string, Json>>('attributes').notNull(),
      lastSeenMs: d.ms('last_seen_ms').notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.org, t.project, t.environment, t.kind, t.key] })],
  ),

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
      sort: d.text('sort').notNull().$type<'sdk-key' | 'token'>(),
      digest: d.text('digest').notNull(),
      lastUsedMs: d.ms('last_used_ms'),
    },
    (t) => [d.index('secrets_by_org').on(t.org)],
  ),
});

export type Tables = ReturnType<typeof defineTables>;
