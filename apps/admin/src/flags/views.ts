import type { FlagRow } from '../api/queries.ts';
import { midnightMs } from '../words/time.ts';

export type View = 'all' | 'mine' | 'today' | 'clean-up' | 'archived';

/** The lists of flags in the left column, in order. */
export const viewNames: readonly (readonly [View, string])[] = [
  ['all', 'All'],
  ['mine', 'Mine'],
  ['today', 'Changed today'],
  ['clean-up', 'Clean up'],
  ['archived', 'Archived'],
];

export interface Viewer {
  readonly email: string;
  readonly name: string;
  readonly nowMs: number;
}

interface Reader extends Viewer {
  /** The last midnight. */
  readonly sinceMs: number;
}

/** Archived flags come from the server as their own list, so that view keeps all that it is given. */
const filters: Record<View, (row: FlagRow, reader: Reader) => boolean> = {
  all: () => true,
  mine: ({ definition: { owner } }, { email, name }) => isOwner(owner, email) || isOwner(owner, name),
  today: ({ lastChange }, { sinceMs }) => lastChange !== undefined && Date.parse(lastChange.at) >= sinceMs,
  'clean-up': ({ stale }) => stale !== undefined,
  archived: () => true,
};

export function asView(text: string | null): View {
  return viewNames.find(([view]) => view === text)?.[0] ?? 'all';
}

export function viewRows(rows: readonly FlagRow[], view: View, viewer: Viewer): readonly FlagRow[] {
  if (view === 'all' || view === 'archived') return rows;
  const reader = { ...viewer, sinceMs: midnightMs(viewer.nowMs) };
  return rows.filter((row) => filters[view](row, reader));
}

/** The rows whose key, owner or description holds every word of the search. Keys that begin with it come first. */
export function searchRows(rows: readonly FlagRow[], search: string): readonly FlagRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  const found = rows.filter((row) => words.every((word) => textOf(row).includes(word)));
  const [first = ''] = words;
  const begins = (row: FlagRow) => row.definition.key.toLowerCase().startsWith(first);
  return [...found.filter(begins), ...found.filter((row) => !begins(row))];
}

const texts = new WeakMap<FlagRow, string>();

/** Rows live as long as the list they came in: their text is put together once. */
function textOf(row: FlagRow): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const { key, owner, description } = row.definition;
  const text = `${key} ${owner} ${description}`.toLowerCase();
  texts.set(row, text);
  return text;
}

function isOwner(owner: string, name: string): boolean {
  return name !== '' && owner.toLowerCase() === name.toLowerCase();
}
