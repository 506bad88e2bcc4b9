import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { addressOf } from '../api/call.ts';
import { flagsQuery, membersQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useEnvironments } from '../flags/use-environments.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { Button } from '../ui/button.tsx';
import { useTitle } from '../ui/use-title.ts';
import { ActivityList } from './activity-list.tsx';
import styles from './activity.module.css';
import { filterOf } from './filters.ts';

/** Everything that happened in the project. The address holds the filters. */
export function ActivityPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useMemo(() => ({ org, project }), [org, project]);
  const query = useAddressQuery();
  const filter = useMemo(() => filterOf(query), [query]);
  useTitle('Activity');
  return (
    <div className={styles.page}>
      <Filters scope={scope} query={query} />
      <ActivityList scope={scope} filter={filter} onPerson={showOnly} />
    </div>
  );
}

function showOnly(person: string): void {
  setQuery({ by: person });
}

function Filters({ scope, query }: { readonly scope: Scope; readonly query: URLSearchParams }) {
  const { data: people } = useQuery(membersQuery(scope.org));
  const { data: list } = useQuery(flagsQuery(scope));
  const environments = useEnvironments(scope) ?? [];
  const value = (name: string) => query.get(name) ?? '';
  const isFiltered = ['by', 'flag', 'env', 'since', 'until'].some((name) => query.has(name));
  return (
    <div className={styles.filters} role="search" aria-label="Filter the changes">
      <h1>Activity</h1>
      <select aria-label="Person" value={value('by')} onChange={(event) => setQuery({ by: event.target.value })}>
        <option value="">Anybody</option>
        {value('by') && !people?.members.some(({ id }) => id === value('by')) && (
          <option value={value('by')}>{value('by')}</option>
        )}
        {people?.members.map(({ id, name, email }) => (
          <option key={id} value={id}>
            {name || email}
          </option>
        ))}
      </select>
      <input
        aria-label="Flag"
        placeholder="Any flag"
        list="activity-flags"
        defaultValue={value('flag')}
        onChange={(event) => setQuery({ flag: event.target.value })}
      />
      <datalist id="activity-flags">
        {list?.flags.slice(0, 500).map(({ definition: { key } }) => (
          <option key={key} value={key} />
        ))}
      </datalist>
      <select aria-label="Environment" value={value('env')} onChange={(event) => setQuery({ env: event.target.value })}>
        <option value="">Anywhere</option>
        {environments.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
      <input
        type="date"
        aria-label="Since"
        value={value('since')}
        onChange={(event) => setQuery({ since: event.target.value })}
      />
      <input
        type="date"
        aria-label="Until"
        value={value('until')}
        onChange={(event) => setQuery({ until: event.target.value })}
      />
      {isFiltered && (
        <Button small tone="plain" onClick={() => setQuery({ by: null, flag: null, env: null, since: null, until: null })}>
          Clear
        </Button>
      )}
      <Exports scope={scope} query={query} />
    </div>
  );
}

/** All that matches, with the hash chain. */
function Exports({ scope, query }: { readonly scope: Scope; readonly query: URLSearchParams }) {
  const { limit: _, ...filter } = filterOf(query);
  const href = (format: 'csv' | 'jsonl') =>
    addressOf('GET /orgs/:org/projects/:project/history/export', { params: { ...scope }, query: { ...filter, format } });
  return (
    <span className={styles.exports}>
      <a href={href('csv')} download={`${scope.project}-history.csv`}>
        Export CSV
      </a>
      <a href={href('jsonl')} download={`${scope.project}-history.jsonl`}>
        JSON lines
      </a>
    </span>
  );
}
