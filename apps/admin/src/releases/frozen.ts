import type { Preview, ReleaseEntry } from '@taffrail/schema';

/** What a cut freezes: where the stages were looked at, and why each flag is what it is. */
export interface Frozen {
  readonly environment: string;
  readonly entries: readonly ReleaseEntry[];
}

/** What the preview of a cut says that it would freeze. */
export function frozenIn({ changes }: Preview): Frozen | undefined {
  const change = changes.find(({ kind }) => kind === 'release.cut');
  const after = change?.after as { readonly entries?: ReleaseEntry[] } | undefined;
  return change?.environment === undefined || !after?.entries
    ? undefined
    : { environment: change.environment, entries: after.entries };
}
