import type { HistoryEntry } from '@taffrail/schema';

export interface EntryWords {
  /** What it is about first. */
  readonly key: string;
  readonly isFlag: boolean;
  readonly what: string;
  readonly environments: readonly string[];
  /** Changes beside the first. */
  readonly more: number;
}

const flagSorts = new Set(['flag', 'environment-flag']);
const undoableSorts = new Set(['flag', 'environment-flag', 'segment', 'feature', 'feature-stage', 'onprem']);

/** A commit in the words of one line: what it did in one environment, if one is asked for, else what it did first. */
export function entryWords(
  { changes, command, undoes }: Pick<HistoryEntry, 'changes' | 'command' | 'undoes'>,
  place?: string,
): EntryWords {
  const first = changes.find(({ environment }) => place !== undefined && environment === place) ?? changes[0];
  const environments = [...new Set(changes.flatMap(({ environment }) => environment ?? []))];
  const undone = undoes === undefined ? '' : ' (an undo)';
  if (!first) return { key: command, isFlag: false, what: undone.trim(), environments, more: 0 };
  return {
    key: first.key,
    isFlag: flagSorts.has(first.sort),
    what: `${first.summary}${undone}`,
    environments,
    more: changes.length - 1,
  };
}

/** What the server takes back; the request that a commit answers stays decided. Projects and environments have others lean on them. */
export function isUndoable({ changes }: Pick<HistoryEntry, 'changes'>): boolean {
  const concerned = changes.filter(({ sort }) => sort !== 'request');
  return concerned.length > 0 && concerned.every(({ sort }) => undoableSorts.has(sort));
}
