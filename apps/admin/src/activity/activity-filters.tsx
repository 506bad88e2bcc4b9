import { useQuery } from '@tanstack/react-query';
import { addressOf } from '../api/call.ts';
import { flagsQuery, membersQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useEnvironments } from '../flags/use-environments.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import styles from './activity.module.css';
import { filterOf } from './filters.ts';

const noFilter = { by: null, flag: null, env: null, since: null, until: null };
/** A list of suggestions of a browser gets slow beyond this. */
const suggestedFlags = 500;

/** Which changes are listed. The address holds it all. */
export function ActivityFilters({ scope }: { readonly scope: Scope }) {
  const query = useAddressQuery();
  const value = (name: string) => query.get(name) ?? '';
  return (
    <div className={styles.filters} role="search" aria-label="Filter the changes">
      <h1>Activity</h1>
      <PersonFilter org={scope.org} value={value('by')} />
      <FlagFilter scope={scope} value={value('flag')} />
      <PlaceFilter scope={scope} value={value('env')} />
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
      {Object.keys(noFilter).some((name) => query.has(name)) && (
        <Button small tone="plain" onClick={() => setQuery(noFilter)}>
          Clear
        </Button>
      )}
      <Exports scope={scope} query={query} />
    </div>
  );
}

function FlagFilter({ scope, value }: { readonly scope: Scope; readonly value: string }) {
  const { data: list } = useQuery(flagsQuery(scope));
  return (
    <>
      <input
        aria-label="Flag"
        placeholder="Any flag"
        list="activity-flags"
        defaultValue={value}
        onChange={(event) => setQuery({ flag: event.target.value })}
      />
      <datalist id="activity-flags">
        {list?.flags.slice(0, suggestedFlags).map(({ definition: { key } }) => (
          <option key={key} value={key} />
        ))}
      </datalist>
    </>
  );
}

function PersonFilter({ org, value }: { readonly org: string; readonly value: string }) {
  const may = useMay(org)('member.read');
  const { data: people } = useQuery({ ...membersQuery(org), enabled: may });
  const members = people?.members ?? [];
  return (
    <select aria-label="Person" value={value} onChange={(event) => setQuery({ by: event.target.value })}>
      <option value="">Anybody</option>
      {value && !members.some(({ id }) => id === value) && <option value={value}>{value}</option>}
      {members.map(({ id, name, email }) => (
        <option key={id} value={id}>
          {name || email}
        </option>
      ))}
    </select>
  );
}

function PlaceFilter({ scope, value }: { readonly scope: Scope; readonly value: string }) {
  const environments = useEnvironments(scope) ?? [];
  return (
    <select aria-label="Environment" value={value} onChange={(event) => setQuery({ env: event.target.value })}>
      <option value="">Anywhere</option>
      {environments.map(({ key, name }) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
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
