import type { Context, Entity, Json } from '@taffrail/engine';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read } from '../api/call.ts';
import { contextsQuery, projectKey } from '../api/queries.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { EnvironmentSwitch, useChosenEnvironment } from '../flags/environment-switch.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import { attributeList } from './attribute-list.ts';
import styles from './contexts-page.module.css';
import { EffectiveTable } from './effective-table.tsx';
import { effectiveValues } from './effective.ts';

type Params = Scope & { readonly kind: string; readonly key: string };

/** What one organization or user gets from every flag, and why. */
export function ContextPage({ params }: { readonly params: Params }) {
  const { kind, key } = params;
  const scope = useScope(params);
  const environment = useChosenEnvironment(scope)?.key ?? '';
  const attributes = useAttributes(scope, environment, kind, key);
  const values = useEffective(scope, environment, { [kind]: { key, ...attributes } satisfies Entity }, attributes !== undefined);
  const [search, setSearch] = useState('');
  const tools = (
    <>
      <span className={pageStyles.dim}>{kind}</span>
      <EnvironmentSwitch scope={scope} />
      <input
        type="search"
        aria-label="Search flags"
        className={styles.search}
        placeholder="Search flags"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
    </>
  );
  return (
    <Page title={key} tools={tools}>
      <p className={pageStyles.words}>{attributeList(attributes ?? {}) || 'Nothing more is known of it.'}</p>
      <Loaded query={values} label="what it gets" rows={14}>
        {(all) => (
          <EffectiveTable scope={scope} question={`${kind}:${key}`} environment={environment} values={all} search={search} />
        )}
      </Loaded>
    </Page>
  );
}

/** What the server was told of the key; empty if it was told nothing. Undefined while that is asked. */
function useAttributes(scope: Scope, environment: string, kind: string, key: string) {
  const { data } = useQuery({
    ...contextsQuery(scope, environment, { kind, search: key, limit: 1 }),
    enabled: environment !== '',
  });
  const known = data?.contexts.find((context) => context.key === key);
  return data && (known?.attributes ?? {});
}

function useEffective(scope: Scope, environment: string, context: Readonly<Record<string, Json>>, isReady: boolean) {
  return useQuery({
    queryKey: [...projectKey(scope), 'effective', environment, context],
    queryFn: async ({ signal }) => {
      const operation = 'GET /orgs/:org/projects/:project/environments/:environment/export';
      const lines = await read(operation, { params: { ...scope, environment }, signal });
      return effectiveValues(lines, context as Context, Date.now());
    },
    enabled: isReady && environment !== '',
  });
}
