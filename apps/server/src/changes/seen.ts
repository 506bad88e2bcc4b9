import type { Change, HistoryEntry } from '@taffrail/schema';
import { environmentsOf } from '../environments/find.ts';
import type { State } from './command.ts';

/** Whether somebody may read what belongs to an environment of a project; without one, whatever the project holds. */
export type Reads = (environment?: string) => boolean;

/** The environments of a project that somebody may read, in the order that people gave them. */
export function environmentsRead(state: State, reads: Reads): string[] {
  return environmentsOf(state)
    .map(({ key }) => key)
    .filter((key) => reads(key));
}

/** What names customers belongs to no environment, so who was given one alone is told nothing of it: documents, and a sentence. */
const sortsWithNames: ReadonlySet<string> = new Set(['install', 'carried']);
const kindsWithNames: ReadonlySet<string> = new Set(['flag.risk-accepted']);
const isOfWholeProject = ({ sort, kind }: Change): boolean => sortsWithNames.has(sort) || kindsWithNames.has(kind);

/**
 * An entry as somebody may read it: without what it says of environments that they may not read, and without its reason, which was
 * given for all of it. Undefined if nothing is left. The digest stays: by it the whole entry is known.
 */
export function seenOf(entry: HistoryEntry, reads: Reads): HistoryEntry | undefined {
  const changes = entry.changes.filter((change) =>
    change.environment === undefined ? !isOfWholeProject(change) || reads() : reads(change.environment),
  );
  if (changes.length === entry.changes.length) return entry;
  const { reason: _, ...rest } = entry;
  return changes.length === 0 ? undefined : { ...rest, changes };
}
