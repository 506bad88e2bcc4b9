import type { Json } from '@taffrail/engine';
import type { Dialect } from './columns.ts';
import { historyTables } from './history-tables.ts';
import { peopleTables } from './people-tables.ts';
import { siteTables } from './site-tables.ts';
import type { Bodies } from '../changes/document.ts';

/** Stands for "no project" or "no environment" in keys, where SQL's NULL would be unequal to itself. */
export const none = '';

/** Every table, defined once for all dialects. Every row has its organization but for people and what proves who they are. */
export const defineTables = (d: Dialect) => ({
  ...documentTables(d),
  ...contextTables(d),
  ...historyTables(d),
  ...peopleTables(d),
  ...siteTables(d),
});

const documentTables = (d: Dialect) => ({
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

  /** Every version of every document, for undo, rollback and patches; a removal has no body, nor has what was erased. This is the outbox too. */
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
      /** Its body was there once; it was erased, not removed. */
      erased: d.bool('erased').notNull().default(false),
    },
    (t) => [
      d.primaryKey({ columns: [t.org, t.project, t.revision, t.environment, t.sort, t.key] }),
      d.index('versions_by_document').on(t.org, t.project, t.environment, t.sort, t.key, t.revision),
    ],
  ),
});

const contextTables = (d: Dialect) => ({
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
});
