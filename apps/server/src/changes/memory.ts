import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm';
import { documents } from '../db/schema.ts';
import type { Storage } from '../db/storage.ts';
import { none } from '../db/tables.ts';
import type { State } from './command.ts';
import { readable } from './damaged.ts';
import type { Document, Scope } from './document.ts';
import { pastOf, storedRevision, versionsAfter, type Version } from './past.ts';
import { createState } from './state.ts';

/** The states of all scopes that were asked for, each kept at its last committed revision. */
export interface Memory {
  /** A scope at its stored revision; within a transaction, at the one that this has reached. */
  current(scope: Scope): State;
  /** Keeps a state once the open transaction is on disk. */
  keep(state: State): void;
}

export function createMemory(storage: Storage): Memory {
  const states = new Map<string, State>();
  function keep(state: State): void {
    storage.afterCommit(() => void states.set(addressOf(state.scope), state));
  }
  return {
    keep,
    current(scope) {
      const known = states.get(addressOf(scope));
      const revision = storage.query((db) => storedRevision(db, scope));
      if (known?.revision === revision) return known;
      const state = known !== undefined && known.revision < revision ? caughtUp(storage, known) : load(storage, scope);
      keep(state);
      return state;
    },
  };
}

function addressOf({ org, project = none }: Scope): string {
  return `${org}/${project}`;
}

/** The body as it stands there: one that is no JSON must not keep the others from being read. */
const columns = { ...getTableColumns(documents), body: sql<string>`${documents.body}` };

/** Reads a whole scope, documents and revision at one instant. */
export function load(storage: Storage, scope: Scope): State {
  const { org, project = none } = scope;
  return storage.query((db) => {
    const found = db
      .select(columns)
      .from(documents)
      .where(and(eq(documents.org, org), eq(documents.project, project)))
      .orderBy(asc(documents.environment), asc(documents.sort), asc(documents.key))
      .all();
    return createState(scope, storedRevision(db, scope), found.map(documentOf), pastOf(storage, scope));
  });
}

/** Another process committed: reads only what changed since. */
function caughtUp(storage: Storage, state: State): State {
  const missed = storage.query((db) => versionsAfter(db, state.scope, state.revision));
  return byRevision(missed).reduce((known, writes) => known.after(writes), state);
}

function byRevision(versions: readonly Version[]): Version[][] {
  const commits = new Map<number, Version[]>();
  for (const version of versions) commits.set(version.revision, [...(commits.get(version.revision) ?? []), version]);
  return [...commits.values()];
}

function documentOf({ sort, key, environment, revision, body }: Row): Document {
  return readable({ sort, key, ...(environment !== none && { environment }), revision, body: parsed(body) });
}
type Row = Pick<typeof documents.$inferSelect, 'sort' | 'key' | 'environment' | 'revision'> & { readonly body: string };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
