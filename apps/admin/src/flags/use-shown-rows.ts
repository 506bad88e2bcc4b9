import { useMemo } from 'react';
import type { FlagRow } from '../api/queries.ts';
import { useSession } from '../session/session.tsx';
import { useNow } from '../ui/use-now.ts';
import { searchRows, type View, viewRows } from './views.ts';

const noRows: readonly FlagRow[] = [];

/** The rows of a view that a search finds. */
export function useShownRows(flags: readonly FlagRow[] | undefined, view: View, search: string): readonly FlagRow[] {
  const { person } = useSession();
  const nowMs = useNow();
  return useMemo(
    () => searchRows(viewRows(flags ?? noRows, view, { email: person.email, name: person.name, nowMs }), search),
    [flags, view, search, person, nowMs],
  );
}
