import type { HistoryEntry } from '@taffrail/schema';
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

/** Documents that name customers: they belong to no environment, so who was given one alone is told nothing of them. */
const ofWholeProject: ReadonlySet<string> = new Set(['install', 'carried']);

/**
 * An entry as somebody may read it: without what it says of environments that they may not read, and without its reason, which was
 * given for all of it. Undefined if nothing is left. The digest stays: by it the whole entry is known.
 */
export function seenOf(entry: HistoryEntry, reads: Reads): HistoryEntry | undefined {
  const changes = entry.changes.filter(({ environment, sort }) =>
    environment === undefined ? !ofWholeProject.has(sort) || reads() : reads(environment),
  );
  if (changes.length === entry.changes.length) return entry;
  const { reason: _, ...rest } = entry;
  return changes.length === 0 ? undefined : { ...rest, changes };
}
