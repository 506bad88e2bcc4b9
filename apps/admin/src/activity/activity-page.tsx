import { useMemo } from 'react';
import { type Scope, useScope } from '../api/scope.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { useTitle } from '../ui/use-title.ts';
import { ActivityFilters } from './activity-filters.tsx';
import { ActivityList } from './activity-list.tsx';
import styles from './activity.module.css';
import { filterOf } from './filters.ts';

/** Everything that happened in the project. */
export function ActivityPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useScope({ org, project });
  const query = useAddressQuery();
  const filter = useMemo(() => filterOf(query), [query]);
  useTitle('Activity');
  return (
    <div className={styles.page}>
      <ActivityFilters scope={scope} />
      <ActivityList scope={scope} filter={filter} onPerson={showOnly} />
    </div>
  );
}

function showOnly(person: string): void {
  setQuery({ by: person });
}
