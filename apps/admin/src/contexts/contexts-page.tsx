import type { KnownContext } from '@taffrail/schema';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { contextPagesQuery } from '../api/queries.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { EnvironmentSwitch, useChosenEnvironment } from '../flags/environment-switch.tsx';
import { Link } from '../routes/link.tsx';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page, Table } from '../ui/page.tsx';
import { OneOf } from '../ui/segmented.tsx';
import { Empty } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import { grouped } from '../words/numbers.ts';
import { attributeList } from './attribute-list.ts';
import styles from './contexts-page.module.css';

/** How many are asked for at once. */
const pageLimit = 100;

/** Whom the server has been told of: previews count over them. */
export function ContextsPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useScope({ org, project });
  const [search, setSearch] = useState('');
  const contexts = useContexts(scope, useDeferredValue(search.trim()));
  const counts = contexts.data?.pages[0]?.counts ?? {};
  const tools = (
    <>
      <EnvironmentSwitch scope={scope} />
      <KindSwitch counts={counts} />
      <input
        type="search"
        aria-label="Search keys"
        className={styles.search}
        placeholder="Key begins with…"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
    </>
  );
  return (
    <Page title="Known contexts" tools={tools}>
      <Loaded query={contexts} label="contexts" rows={12}>
        {(data) => <ContextTable scope={scope} contexts={data.pages.flatMap((page) => page.contexts)} isSearch={search !== ''} />}
      </Loaded>
      {contexts.hasNextPage && (
        <Button tone="plain" busy={contexts.isFetchingNextPage} onClick={() => void contexts.fetchNextPage()}>
          More
        </Button>
      )}
    </Page>
  );
}

function useContexts(scope: Scope, search: string) {
  const environment = useChosenEnvironment(scope)?.key ?? '';
  const kind = useAddressQuery().get('kind');
  const filter = { limit: pageLimit, ...(kind ? { kind } : {}), ...(search ? { search } : {}) };
  return useInfiniteQuery({ ...contextPagesQuery(scope, environment, filter), enabled: environment !== '' });
}

function KindSwitch({ counts }: { readonly counts: Readonly<Record<string, number>> }) {
  const kinds = Object.entries(counts);
  const wanted = useAddressQuery().get('kind') ?? '';
  if (kinds.length < 2) return null;
  const options = kinds.map(([kind, number]) => ({ value: kind, label: `${kind} ${grouped(number)}` }));
  return (
    <OneOf
      label="Kind"
      options={[{ value: '', label: 'all' }, ...options]}
      value={wanted}
      onChange={(kind) => setQuery({ kind })}
    />
  );
}

interface ContextTableProps {
  readonly scope: Scope;
  readonly contexts: readonly KnownContext[];
  readonly isSearch: boolean;
}

function ContextTable({ scope, contexts, isSearch }: ContextTableProps) {
  const environment = useChosenEnvironment(scope)?.key;
  if (contexts.length === 0) {
    return (
      <Empty title={isSearch ? 'No key begins with that' : 'Nobody is known here yet'}>
        Tell the server of your organizations and users by “taffrail context import”, and every preview says who is affected by
        name.
      </Empty>
    );
  }
  return (
    <Table label="Known contexts" head={['Key', 'Kind', 'Attributes', 'Last seen']}>
      {contexts.map(({ kind, key, attributes, lastSeenAt }) => (
        <tr key={`${kind} ${key}`}>
          <td>
            <Link className={pageStyles.strong} href={pages.context.href({ ...scope, kind, key }, { env: environment })}>
              {key}
            </Link>
          </td>
          <td>{kind}</td>
          <td className={pageStyles.dim}>{attributeList(attributes)}</td>
          <td className={pageStyles.dim}>
            <Ago at={lastSeenAt} />
          </td>
        </tr>
      ))}
    </Table>
  );
}
