import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Scope, useScope } from '../api/scope.ts';
import { linesQuery } from '../lines/queries.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';
import { Figures } from './figures.tsx';
import { InstallFilters } from './install-filters.tsx';
import { InstallTable } from './install-table.tsx';
import { NewInstallSheet } from './new-install-sheet.tsx';
import { PageTurner } from './page-turner.tsx';
import { installsQuery, type InstallList } from './queries.ts';
import { TimelinePart } from './timeline-part.tsx';
import { useInstallFilter } from './use-install-filter.ts';
import { useInstallsLive } from './use-installs-live.ts';

/** So many stand in one page of the list. */
const pageLimit = 100;
/** As high as figures and drawing with the first rows. */
const skeletonRows = 18;

/** The customer sites of a project: who runs what, who is behind, who is silent, what was carried out. */
export function InstallsPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useScope({ org, project });
  const filter = useInstallFilter();
  const list = useQuery(installsQuery(scope, { ...filter, limit: pageLimit }));
  const mayManage = useMay(org)('install.manage', { project });
  const isNew = useAddressQuery().has('new');
  useInstallsLive(scope);
  const create = mayManage && (
    <Button tone="primary" icon="plus" onClick={() => setQuery({ new: '1' })}>
      New install
    </Button>
  );
  const tools = (
    <>
      <InstallFilters scope={scope} running={list.data?.running ?? []} />
      <span className={pageStyles.spacer} />
      {create}
    </>
  );
  return (
    <Page title="Installs" tools={tools}>
      <Loaded query={list} label="installs" rows={skeletonRows}>
        {(data) => <Board scope={scope} list={data} create={create} />}
      </Loaded>
      {isNew && mayManage && <NewInstallSheet scope={scope} onClose={() => setQuery({ new: null })} />}
    </Page>
  );
}

interface BoardProps {
  readonly scope: Scope;
  readonly list: InstallList;
  readonly create: ReactNode;
}

function Board({ scope, list, create }: BoardProps) {
  const { line = '', ...narrowing } = useInstallFilter();
  const { data: lines } = useQuery(linesQuery(scope));
  const isNarrowed = Object.keys(narrowing).length > 0;
  if (list.total === 0 && !isNarrowed && !line) return <NoInstalls create={create} />;
  return (
    <>
      <Figures counts={list.counts} />
      <TimelinePart scope={scope} line={line} running={list.running} />
      {list.installs.length === 0 ? (
        <Empty title="No install is like that" action={<Button onClick={showAll}>Show all</Button>}>
          Another search, standing or release may find it.
        </Empty>
      ) : (
        <section className={pageStyles.section} aria-label="List of installs">
          <InstallTable scope={scope} installs={list.installs} hasLines={(lines?.length ?? 0) > 1 && line === ''} />
          <PageTurner total={list.total} shown={list.installs.length} next={list.next} />
        </section>
      )}
    </>
  );
}

function NoInstalls({ create }: { readonly create: ReactNode }) {
  return (
    <Empty title="No install yet" action={create}>
      An install is one customer site that runs a release of the product. It takes signed shipments over the network, or from
      people who carry them there.
    </Empty>
  );
}

function showAll(): void {
  setQuery({ standing: null, release: null, q: null, retired: null, after: null });
}
