import type { HistoryEntry } from '@taffrail/schema';
import { AppError, fail } from './app-error.ts';
import type { Order, State } from './command.ts';
import type { Bodies, DocumentId, Sort } from './document.ts';

/** What CONFLICT carries: the document now, and as it was when the lost edit began, so that both can be compared. */
interface Current extends DocumentId {
  readonly revision: number;
  /** Null if it is gone. */
  readonly document: Bodies[Sort] | null;
  /** Null if it did not exist. */
  readonly base: Bodies[Sort] | null;
}

/** Refuses an order whose `If-Match` names a revision that is no longer the document's. */
export function assertMatches(state: State, { ifMatch }: Order<unknown>): void {
  if (ifMatch !== undefined && revisionOf(state, ifMatch.id) !== ifMatch.revision) {
    throw conflict(state, ifMatch.id, ifMatch.revision);
  }
}

/** The revision that last changed a document; 0 if there is none. */
function revisionOf(state: State, id: DocumentId): number {
  return find(state, id)?.revision ?? 0;
}

/** A refusal that says who was faster, and shows the document now and at the revision that the edit was made on. */
export function conflict(state: State, id: DocumentId, base: number): AppError {
  const present = find(state, id);
  const current: Current = {
    ...id,
    revision: present?.revision ?? 0,
    document: present?.body ?? null,
    base: state.at(id, base)?.body ?? null,
  };
  const entry = state.entry(present?.revision ?? 0);
  return new AppError('CONFLICT', `${whoWasFaster(id, entry)} Look at what it is now, then try again.`, { current });
}

/** Refuses with all conflicts named; the first one is shown. */
export function refuseAll(conflicts: readonly { readonly at: string; readonly error: AppError }[]): void {
  const [first] = conflicts;
  if (first === undefined) return;
  const mistakes = conflicts.map(({ at, error }) => ({ at, message: error.message }));
  fail('CONFLICT', first.error.message, { mistakes, current: first.error.current });
}

function find(state: State, { sort, key, environment }: DocumentId) {
  return state.get(sort, key, environment);
}

function whoWasFaster({ key, environment }: DocumentId, entry: HistoryEntry | undefined): string {
  const name = environment === undefined ? key : `${key} in ${environment}`;
  if (entry === undefined) return `${name} is not there any more, or was changed.`;
  const what = entry.changes.find((change) => change.key === key && change.environment === environment)?.summary;
  return `${entry.actor.name} changed ${name} at ${entry.at}${what === undefined ? '' : `: ${what}`}.`;
}
