import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { type FlagRow, flagsQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { later } from '../routes/screens.tsx';
import { useMay, useSession } from '../session/session.tsx';
import { Failure, SkeletonRows } from '../ui/states.tsx';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import { useNow } from '../ui/use-now.ts';
import { BulkBar } from './bulk-bar.tsx';
import { EmptyList } from './empty-list.tsx';
import { FirstRun } from './first-run.tsx';
import { FlagTable } from './flag-table.tsx';
import styles from './flags-page.module.css';
import { Toolbar } from './toolbar.tsx';
import { useShownEnvironments } from './use-shown-environments.ts';
import { asView, searchRows, viewRows } from './views.ts';

const NewFlagSheet = later(() => import('../new-flag/new-flag-sheet.tsx'), 'NewFlagSheet');
const noRows: readonly FlagRow[] = [];
const noKeys: ReadonlySet<string> = new Set();

/** The list of flags: home. */
export function FlagsPage({ params: scope }: { readonly params: Scope }) {
  const address = useAddressQuery();
  const view = asView(address.get('view'));
  const list = useQuery(flagsQuery(scope, view === 'archived' ? 'only' : 'no'));
  const [search, setSearch] = useState(address.get('q') ?? '');
  const [selected, setSelected] = useState(noKeys);
  const environments = useShownEnvironments(scope);
  const rows = useShownRows(list.data?.flags ?? noRows, view, useDeferredValue(search));
  const mayEdit = useMay(scope.org)('flag.edit', { project: scope.project });
  const isNew = address.has('new');
  useEffect(() => setQuery({ q: search }), [search]);
  useEffect(() => setSelected(noKeys), [view]);
  useHotkeys(mayEdit ? { c: () => setQuery({ new: '1' }) } : {});

  function showAll() {
    setSearch('');
    setQuery({ view: null });
  }
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Flags</h1>
      {selected.size > 0 ? (
        <BulkBar scope={scope} keys={selected} environments={environments.all} onDone={() => setSelected(noKeys)} />
      ) : (
        <Toolbar search={search} environments={environments} mayEdit={mayEdit} onSearch={setSearch} />
      )}
      <FirstRun scope={scope} flags={list.data?.flags.length} />
      {list.error && !list.data && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <SkeletonRows rows={20} label="Loading flags" />}
      {list.data && rows.length === 0 && (
        <EmptyList view={view} search={search} mayEdit={mayEdit} isFirst={list.data.flags.length === 0} onShowAll={showAll} />
      )}
      {rows.length > 0 && (
        <FlagTable
          scope={scope}
          rows={rows}
          environments={environments.shown}
          view={view}
          selected={selected}
          onSelect={setSelected}
        />
      )}
      {isNew && (
        <NewFlagSheet
          scope={scope}
          environments={environments.all}
          rows={list.data?.flags ?? noRows}
          onClose={() => setQuery({ new: null })}
        />
      )}
    </div>
  );
}

function useShownRows(flags: readonly FlagRow[], view: ReturnType<typeof asView>, search: string): readonly FlagRow[] {
  const { person } = useSession();
  const nowMs = useNow();
  return useMemo(
    () => searchRows(viewRows(flags, view, { email: person.email, name: person.name, nowMs }), search),
    [flags, view, search, person, nowMs],
  );
}
