import type { OverrideReport } from '@taffrail/schema';
import type { Dialect } from './columns.ts';

/** What sites say of themselves: not documents, because it is nobody's edit. Nothing else about a site is kept. */
export const siteTables = (d: Dialect) => ({
  /** The first acknowledgement of each shipment by each install. What release it is of stands in the shipment that has this digest. */
  acknowledgements: d.table(
    'acknowledgements',
    {
      org: d.text('org').notNull(),
      project: d.text('project').notNull(),
      install: d.text('install').notNull(),
      digest: d.text('digest').notNull(),
      revision: d.int('revision').notNull(),
      appliedMs: d.ms('applied_ms').notNull(),
      acknowledgedMs: d.ms('acknowledged_ms').notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.org, t.project, t.install, t.digest] })],
  ),

  /** What an install said last: what is in force there, what its override file says where it shares that, and when it was heard of. */
  sites: d.table(
    'sites',
    {
      org: d.text('org').notNull(),
      project: d.text('project').notNull(),
      install: d.text('install').notNull(),
      /** Absent until it acknowledges anything. */
      digest: d.text('digest'),
      revision: d.int('revision'),
      appliedMs: d.ms('applied_ms'),
      acknowledgedMs: d.ms('acknowledged_ms'),
      overrides: d.json<OverrideReport[]>('overrides'),
      overridesMs: d.ms('overrides_ms'),
      lastSeenMs: d.ms('last_seen_ms').notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.org, t.project, t.install] })],
  ),
});
