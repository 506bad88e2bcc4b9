import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { contextPagesQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { EnvironmentSwitch, useChosenEnvironment } from '../flags/environment-switch.tsx';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { Button } from '../ui/button.tsx';
import { Page, Table } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { OneOf } from '../ui/segmented.tsx';
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import styles from './contexts-page.module.css';

/** How many are asked for at once. */
const pageLimit = 100;

/** Whom the server has been told of: previews count over them. */
export function ContextsPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useMemo(() => ({ org, project }), [org, project]);
  const environment = useChosenEnvironment(scope)?.key ?? '';
  const [search, setSearch] = useState('');
  const wanted = useAddressQuery().get('kind') ?? '';
  const text = useDeferredValue(search.trim());
  const contexts = useInfiniteQuery({
    ...contextPagesQuery(scope, environment, {
      limit: pageLimit,
      ...(wanted ? { kind: wanted } : {}),
      ...(text ? { search: text } : {}),
    }),
    enabled: environment !== '',
  });
  const { data, error, refetch } = contexts;
  const rows = data?.pages.flatMap((page) => page.contexts) ?? [];
  const counts = data?.pages[0]?.counts ?? {};
  const kinds = Object.entries(counts);
  return (
    <Page
      title="Known contexts"
      tools={
        <>
          <EnvironmentSwitch scope={scope} />
          {kinds.length > 1 && (
            <OneOf
              label="Kind"
              options={[
                { value: '', label: 'all' },
                ...kinds.map(([kind, number]) => ({ value: kind, label: `${kind} ${number}` })),
              ]}
              value={wanted}
              onChange={(kind) => setQuery({ kind })}
            />
          )}
          <input
            type="search"
            aria-label="Search keys"
            className={styles.search}
            placeholder="Key begins with…"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </>
      }
    >
      {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
      {contexts.isPending && <SkeletonRows rows={12} label="Loading contexts" />}
      {data && rows.length === 0 && (
        <Empty title={text ? 'No key begins with that' : 'Nobody is known here yet'}>
          Tell the server of your organizations and users by “taffrail context import”, and every preview says who is affected by
          name.
        </Empty>
      )}
      {rows.length > 0 && (
        <Table label="Known contexts" head={['Key', 'Kind', 'Attributes', 'Last seen']}>
          {rows.map(({ kind, key, attributes, lastSeenAt }) => (
            <tr key={`${kind} ${key}`}>
              <td className={pageStyles.strong}>{key}</td>
              <td>{kind}</td>
              <td className={pageStyles.dim}>{attributeList(attributes)}</td>
              <td className={pageStyles.dim}>
                <Ago at={lastSeenAt} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      {contexts.hasNextPage && (
        <Button tone="plain" busy={contexts.isFetchingNextPage} onClick={() => void contexts.fetchNextPage()}>
          More
        </Button>
      )}
    </Page>
  );
}

function attributeList(attributes: Readonly<Record<string, unknown>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ');
}
