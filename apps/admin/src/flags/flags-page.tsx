import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useEffect, useState } from 'react';
import { flagsQuery } from '../api/queries.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { useMay } from '../session/session.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import { useTitle } from '../ui/use-title.ts';
import { BulkBar } from './bulk-bar.tsx';
import { EmptyList } from './empty-list.tsx';
import { FirstRun } from './first-run.tsx';
import { FlagTable } from './flag-table.tsx';
import styles from './flags-page.module.css';
import { NewFlag } from './new-flag.tsx';
import { Toolbar } from './toolbar.tsx';
import { useSelection } from './use-selection.ts';
import { useShownEnvironments } from './use-shown-environments.ts';
import { useShownRows } from './use-shown-rows.ts';
import { asView } from './views.ts';

/** A screenful, so that nothing moves when the flags come. */
const skeletonRows = 20;

/** The list of flags: home. */
export function FlagsPage({ params }: { readonly params: Scope }) {
  const scope = useScope(params);
  const address = useAddressQuery();
  useTitle('Flags');
  const view = asView(address.get('view'));
  const list = useQuery(flagsQuery(scope, view === 'archived' ? 'only' : 'no'));
  const [search, setSearch] = useState(address.get('q') ?? '');
  const { selected, toggle, clear } = useSelection(view);
  const environments = useShownEnvironments(scope);
  const rows = useShownRows(list.data?.flags, view, useDeferredValue(search));
  const mayEdit = useMay(scope.org)('flag.edit', { project: scope.project });
  useEffect(() => setQuery({ q: search }), [search]);
  useHotkeys(mayEdit ? { c: () => setQuery({ new: '1' }) } : {});
  const showAll = useCallback(() => {
    setSearch('');
    setQuery({ view: null });
  }, []);

  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Flags</h1>
      {selected.size > 0 ? (
        <BulkBar scope={scope} keys={selected} environments={environments.all} onDone={clear} />
      ) : (
        <Toolbar search={search} environments={environments} mayEdit={mayEdit} onSearch={setSearch} />
      )}
      <FirstRun scope={scope} flags={list.data?.flags.length} />
      <Loaded query={list} label="flags" rows={skeletonRows}>
        {({ flags }) =>
          rows.length === 0 ? (
            <EmptyList view={view} search={search} mayEdit={mayEdit} isFirst={flags.length === 0} onShowAll={showAll} />
          ) : (
            <FlagTable
              scope={scope}
              rows={rows}
              environments={environments.shown}
              view={view}
              selected={selected}
              mayEdit={mayEdit}
              onToggle={toggle}
            />
          )
        }
      </Loaded>
      {address.has('new') && <NewFlag scope={scope} environments={environments.all} rows={list.data?.flags} />}
    </div>
  );
}
