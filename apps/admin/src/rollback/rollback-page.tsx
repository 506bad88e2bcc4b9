import type { Environment } from '@taffrail/schema';
import { useInfiniteQuery } from '@tanstack/react-query';

import { historyQuery } from '../api/queries.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { EnvironmentSwitch, useChosenEnvironment } from '../flags/environment-switch.tsx';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';
import { Revisions } from './revisions.tsx';
import styles from './rollback-page.module.css';
import { RollbackPlan } from './rollback-plan.tsx';

const pageLimit = 100;

/** Takes a whole environment back to what it was: choose the moment, see what changes, do it. */
export function RollbackPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useScope({ org, project });
  const environment = useChosenEnvironment(scope);
  return (
    <Page title="Roll back" tools={<EnvironmentSwitch scope={scope} />}>
      <p className={pageStyles.words}>
        Choose the last change that shall stand. Everything later in this environment is taken back at once, as one revision that
        can be undone; kills made since are kept.
      </p>
      {environment && <Choice key={environment.key} scope={scope} environment={environment} />}
    </Page>
  );
}

function Choice({ scope, environment }: { readonly scope: Scope; readonly environment: Environment }) {
  const to = useAddressQuery().get('to');
  const history = useInfiniteQuery(historyQuery(scope, { environment: environment.key, limit: pageLimit }));
  const older = history.hasNextPage && (
    <Button tone="plain" busy={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
      Older revisions
    </Button>
  );
  return (
    <Loaded query={history} label="revisions" rows={10}>
      {({ pages }) => {
        const entries = pages.flatMap((page) => page.entries);
        const chosen = entries.slice(1).find(({ revision }) => String(revision) === to);
        if (entries.length < 2)
          return <Empty title="Nothing to go back to">This environment has not changed since it was made.</Empty>;
        return (
          <div className={styles.layout}>
            <div>
              <Revisions
                environment={environment.key}
                entries={entries}
                chosen={chosen?.revision}
                onChoose={(revision) => setQuery({ env: environment.key, to: String(revision) })}
              />
              {older}
            </div>
            <RollbackPlan key={chosen?.revision} scope={scope} environment={environment} entry={chosen} />
          </div>
        );
      }}
    </Loaded>
  );
}
