import { isDeepStrictEqual } from 'node:util';
import type { Actor, Contracts, ResponseOf } from '@taffrail/schema';
import { and, asc, eq, exists, gt, isNotNull, isNull, notExists, type SQL } from 'drizzle-orm';
import type { Connection } from '../db/connection.ts';
import { answers, documents, history, versions } from '../db/schema.ts';
import { none } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { eraseRequest } from '../requests/erase-request.ts';
import { fail } from './app-error.ts';
import { command, type Outcome, type State } from './command.ts';
import { wordless, type EntryRow } from './entry.ts';
import { forgetTold } from './last-changes.ts';

type Erased = ResponseOf<Contracts['POST /orgs/:org/history/:seq/erase']>;

const mostNamedSince = 100;

/** Which entry of an organization's chain, by whom, why. */
export interface Erasing {
  readonly org: string;
  readonly seq: number;
  readonly actor: Actor;
  readonly reason: string;
  readonly now: Date;
}

/**
 * Erases what an entry says and the documents that it made, but for those that still are so: from the database, its log and memory.
 * A request that it closed is erased, too.
 * Its place in the chain, who made it and what it touched stay. That it was erased is an entry of its own.
 */
export function eraseEntry(
  { org, seq, actor, reason, now }: Erasing,
  { storage, commits }: Pick<Deps, 'storage' | 'commits'>,
): Erased {
  const answer = storage.transact((db) => {
    const row = entryAt(db, org, seq) ?? fail('NOT_FOUND', `There is no entry ${seq} in this history.`);
    const later = since(db, row);
    for (const request of requestsStanding(db, row)) {
      commits.commit({ scope: { org, project: row.project }, command: eraseRequest, input: { request }, actor, reason });
    }
    const isNews = eraseWords(db, row, now) + eraseBodies(db, row) > 0;
    forgetAnswers(db, row);
    const input = { seq, revision: row.revision, isNews, ...(row.project !== none && { project: row.project }) };
    const committed = commits.commit({ scope: { org }, command: recordErasure, input, actor, reason });
    return { ...committed, stands: standing(db, row), since: later };
  });
  forgetTold(storage);
  storage.scrub();
  return answer;
}

/** Says in the history that an entry was erased. */
const recordErasure = command({
  name: 'history.erase',
  version: 1,
  permission: 'org.manage',
  apply(_: State, { isNews, ...entry }: Recorded, { now, actor }): Outcome {
    if (!isNews) return { write: [], changes: [] };
    const { seq, project, revision } = entry;
    const summary = `what entry ${seq} said was erased${project === undefined ? '' : ` (revision ${revision} of ${project})`}`;
    const key = String(seq);
    return {
      write: [{ sort: 'erasure', key, body: { ...entry, at: now.toISOString(), by: actor.id } }],
      changes: [{ kind: 'history.erased', sort: 'erasure', key, summary }],
    };
  },
});

interface Recorded {
  readonly seq: number;
  readonly project?: string;
  readonly revision: number;
  /** False if it had been erased before, and nothing more was found. */
  readonly isNews: boolean;
}

function entryAt(db: Connection, org: string, seq: number): EntryRow | undefined {
  return db
    .select()
    .from(history)
    .where(and(eq(history.org, org), eq(history.seq, seq)))
    .get();
}

function eraseWords(db: Connection, { org, seq, changes, reason }: EntryRow, now: Date): number {
  const left = changes.map(wordless);
  if (reason === null && isDeepStrictEqual(changes, left)) return 0;
  const erased = { changes: left, reason: null, erasedMs: now.getTime() };
  return db
    .update(history)
    .set(erased)
    .where(and(eq(history.org, org), eq(history.seq, seq)))
    .run().changes;
}

function eraseBodies(db: Connection, row: EntryRow): number {
  const isPast = and(ofEntry(row), isNotNull(versions.body), notExists(asItStands(db)));
  return db.update(versions).set({ body: null, erased: true }).where(isPast).run().changes;
}

/** What the first of two equal orders was answered says the same as the entry. */
function forgetAnswers(db: Connection, { org, project, revision }: EntryRow): void {
  const ofScope = and(eq(answers.org, org), eq(answers.project, project));
  const kept = db.select({ key: answers.key, answer: answers.answer }).from(answers).where(ofScope).all();
  for (const { key } of kept.filter(({ answer }) => answer.revision === revision)) {
    db.delete(answers)
      .where(and(ofScope, eq(answers.key, key)))
      .run();
  }
}

function standing(db: Connection, row: EntryRow): Erased['stands'] {
  return db
    .select({ sort: versions.sort, key: versions.key, environment: versions.environment })
    .from(versions)
    .where(and(ofEntry(row), exists(asItStands(db))))
    .all()
    .map(({ sort, key, environment }) => ({ sort, key, ...(environment !== none && { environment }) }));
}

/** A closed request says for ever what was asked for, so it is erased with the entry that closed it. */
function requestsStanding(db: Connection, row: EntryRow): string[] {
  return standing(db, row).flatMap(({ sort, key }) => (sort === 'request' ? [key] : []));
}

function since(db: Connection, row: EntryRow): number[] {
  const { environment, sort, key } = versions;
  const written = db.select({ environment, sort, key }).from(versions).where(ofEntry(row)).as('written');
  const isWritten = and(eq(written.environment, environment), eq(written.sort, sort), eq(written.key, key));
  const isLater = and(eq(versions.org, row.org), eq(versions.project, row.project), gt(versions.revision, row.revision));
  const isItsEntry = and(
    eq(history.org, versions.org),
    eq(history.project, versions.project),
    eq(history.revision, versions.revision),
  );
  return db
    .selectDistinct({ seq: history.seq })
    .from(versions)
    .innerJoin(written, isWritten)
    .innerJoin(history, isItsEntry)
    .where(and(isLater, isNull(history.erasedMs)))
    .orderBy(asc(history.seq))
    .limit(mostNamedSince)
    .all()
    .map(({ seq }) => seq);
}

const ofEntry = ({ org, project, revision }: EntryRow): SQL | undefined =>
  and(eq(versions.org, org), eq(versions.project, project), eq(versions.revision, revision));

/** The document that a version is still the last of. */
function asItStands(db: Connection) {
  return db
    .select({ key: documents.key })
    .from(documents)
    .where(
      and(
        eq(documents.org, versions.org),
        eq(documents.project, versions.project),
        eq(documents.environment, versions.environment),
        eq(documents.sort, versions.sort),
        eq(documents.key, versions.key),
        eq(documents.revision, versions.revision),
      ),
    );
}
