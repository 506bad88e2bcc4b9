import type { Sort, Write } from './document.ts';

/** What an undo may bring back. Projects, environments, members and keys have others lean on them; a release has left. */
const undoableSorts: ReadonlySet<Sort> = new Set<Sort>([
  'flag',
  'environment-flag',
  'segment',
  'feature',
  'feature-stage',
  'onprem',
]);

/** What records a decision stays as it was decided, whatever becomes of what was decided. */
const records: ReadonlySet<Sort> = new Set<Sort>(['request']);

/** Those of a commit's documents that an undo concerns. */
export function undoableOf<W extends Pick<Write, 'sort'>>(writes: readonly W[]): W[] {
  return writes.filter(({ sort }) => !records.has(sort));
}

/** Whether a commit of these writes may be undone. */
export function canBeUndone(writes: readonly Pick<Write, 'sort'>[]): boolean {
  const concerned = undoableOf(writes);
  return concerned.length > 0 && concerned.every(({ sort }) => undoableSorts.has(sort));
}
