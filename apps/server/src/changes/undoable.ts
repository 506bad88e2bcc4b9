import type { Sort, Write } from './document.ts';

/** What an undo may bring back. Projects, environments, members and keys have others lean on them. */
const undoableSorts: ReadonlySet<Sort> = new Set<Sort>(['flag', 'environment-flag', 'segment']);

/** Whether a commit of these writes may be undone. */
export function canBeUndone(writes: readonly Pick<Write, 'sort'>[]): boolean {
  return writes.every(({ sort }) => undoableSorts.has(sort));
}
