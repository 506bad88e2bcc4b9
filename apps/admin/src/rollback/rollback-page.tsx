import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { historyQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useEnvironments } from '../flags/use-environments.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { OneOf } from '../ui/segmented.tsx';
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx';
import { Revisions } from './revisions.tsx';
import styles from './rollback-page.module.css';
import { RollbackPlan } from './rollback-plan.tsx';

const pageLimit = 100;

/** Takes a whole environment back to what it was: choose the moment, see what changes, do it. */
export function RollbackPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useMemo(() => ({ org, project }), [org, project]);
  const query = useAddressQuery();
  const environments = useEnvironments(scope) ?? [];
  const environment = environments.find(({ key }) => key === query.get('env')) ?? environments[0];
  const history = useInfiniteQuery({
    ...historyQuery(scope, { environment: environment?.key ?? '', limit: pageLimit }),
    enabled: environment !== undefined,
  });
  const entries = history.data?.pages.flatMap((page) => page.entries) ?? [];
  const chosen = entries.slice(1).find(({ revision }) => String(revision) === query.get('to'));
  return (
    <Page
      title="Roll back"
      tools={
        environment && (
          <OneOf
            label="Environment"
            options={environments.map(({ key, name }) => ({ value: key, label: name }))}
            value={environment.key}
            onChange={(env) => setQuery({ env, to: null })}
          />
        )
      }
    >
      <p className={pageStyles.words}>
        Choose the last change that shall stand. Everything later in this environment is taken back at once, as one revision that
        can be undone; kills made since are kept.
      </p>
      {history.error && !history.data && <Failure error={history.error} onRetry={() => void history.refetch()} />}
      {history.isPending && <SkeletonRows rows={10} label="Loading revisions" />}
      {history.data && entries.length < 2 && (
        <Empty title="Nothing to go back to">This environment has not changed since it was made.</Empty>
      )}
      {environment && entries.length >= 2 && (
        <div className={styles.layout}>
          <div>
            <Revisions
              environment={environment.key}
              entries={entries}
              chosen={chosen?.revision}
              onChoose={(revision) => setQuery({ env: environment.key, to: String(revision) })}
            />
            {history.hasNextPage && (
              <Button tone="plain" busy={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
                Older revisions
              </Button>
            )}
          </div>
          <RollbackPlan key={`${environment.key} ${chosen?.revision}`} scope={scope} environment={environment} entry={chosen} />
        </div>
      )}
    </Page>
  );
}
