import type { Actor, Change, Committed } from '@taffrail/schema';
import type { Dialect } from './columns.ts';

/** What was done, and what was answered. */
export const historyTables = (d: Dialect) => ({
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
      /** The actor's id, to search by. */
      actorId: d.text('actor_id').notNull(),
      command: d.text('command').notNull(),
      reason: d.text('reason'),
      changes: d.json<Change[]>('changes').notNull(),
      undoes: d.int('undoes'),
      digest: d.text('digest').notNull(),
      link: d.text('link').notNull(),
      /** When what it said was erased; the digest is still that of the whole entry. */
      erasedMs: d.ms('erased_ms'),
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
      answer: d.json<Committed>('answer').notNull(),
      atMs: d.ms('at_ms').notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.org, t.project, t.key] }), d.index('answers_by_age').on(t.atMs)],
  ),
});
