import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { type Matrix as Found, type MatrixFilter, matrixQuery, runningQuery } from '../api/release-queries.ts';
import { type Scope, useScope } from '../api/scope.ts';
import flagsStyles from '../flags/flags-page.module.css';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { later } from '../routes/screens.tsx';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { ButtonLink } from '../ui/button-link.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Empty } from '../ui/states.tsx';
import { useTitle } from '../ui/use-title.ts';
import { count } from '../words/numbers.ts';
import { Cell } from './cell.tsx';
import { Matrix } from './matrix.tsx';
import styles from './matrix.module.css';
import { ReleaseTools } from './release-tools.tsx';
import { useAcknowledged } from './use-acknowledged.ts';

const CutSheet = later(() => import('./cut-sheet.tsx'), 'CutSheet');
/** A screenful, so that nothing moves when the releases come. */
const skeletonRows = 20;

/** The releases of a product beside each other: what each of their flags is there, and who runs them. */
export function ReleasesPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useScope({ org, project });
  useTitle('Releases');
  useAcknowledged(scope);
  const address = useAddressQuery();
  const filter = filterOf(address);
  const matrix = useQuery(matrixQuery(scope, filter));
  const mayCut = useMay(org)('release.cut', { project });
  return (
    <div className={flagsStyles.page}>
      <h1 className={flagsStyles.title}>Releases</h1>
      <ReleaseTools scope={scope} filter={filter} mayCut={mayCut} />
      <Loaded query={matrix} label="releases" rows={skeletonRows}>
        {(found) => <Shown scope={scope} filter={filter} found={found} mayCut={mayCut} />}
      </Loaded>
      {mayCut && address.has('cut') && (
        <Suspense>
          <CutSheet scope={scope} onClose={() => setQuery({ cut: null })} />
        </Suspense>
      )}
    </div>
  );
}

function filterOf(address: URLSearchParams): MatrixFilter {
  const [line, search] = [address.get('line'), address.get('q')];
  return {
    ...(line && { line }),
    ...(search && { search }),
    ...(address.get('supported') === 'only' && { supported: 'only' as const }),
  };
}

interface ShownProps {
  readonly scope: Scope;
  readonly filter: MatrixFilter;
  readonly found: Found;
  readonly mayCut: boolean;
}

function Shown({ scope, filter, found, mayCut }: ShownProps) {
  const { data: running } = useQuery(runningQuery(scope));
  const picked = usePicked(found);
  if (found.releases.length === 0)
    return <NoReleases isFiltered={filter.line !== undefined || filter.supported !== undefined} mayCut={mayCut} />;
  return (
    <>
      {picked.length > 0 ? <PickedBar scope={scope} picked={picked} /> : <Said scope={scope} found={found} filter={filter} />}
      <Matrix scope={scope} found={found} running={running} picked={picked} onPick={(release) => pick(release, picked)} />
    </>
  );
}

/** The releases that the address names, the last version first, as the list has them. */
function usePicked({ releases }: Found): readonly string[] {
  const named = useAddressQuery().get('pick')?.split('~') ?? [];
  return releases.map(({ release }) => release).filter((release) => named.includes(release));
}

/** Two are compared: who picks a third gives up the first. */
function pick(release: string, picked: readonly string[]): void {
  const others = picked.filter((one) => one !== release);
  const next = others.length < picked.length ? others : [...others.slice(-1), release];
  setQuery({ pick: next.join('~') });
}

function PickedBar({ scope, picked: [later, earlier] }: { readonly scope: Scope; readonly picked: readonly string[] }) {
  return (
    <div className={styles.bar} role="status">
      {later && earlier ? (
        <>
          <span>
            {earlier} → {later}
          </span>
          <ButtonLink small href={pages.release.href({ ...scope, release: later }, { tab: 'differences', from: earlier })}>
            Show what an upgrade changes
          </ButtonLink>
        </>
      ) : (
        <span>{later}: choose another release to compare it with.</span>
      )}
      <Button small tone="plain" onClick={() => setQuery({ pick: null })}>
        Choose none
      </Button>
    </div>
  );
}

const legend = ['on', 'off (dark)', 'off until a site asks for it', 'by rules'];

function Said({ scope, found: { releases, flags, same }, filter }: Omit<ShownProps, 'mayCut'>) {
  const differing = `${count(flags.length, 'flag')} ${flags.length === 1 ? 'differs' : 'differ'}`;
  return (
    <p className={styles.said}>
      {count(releases.length, 'release')}. {differing} between them{filter.search ? ` and match “${filter.search}”` : ''}, {same}{' '}
      {same === 1 ? 'is' : 'are'} the same in all.
      <span className={styles.legend} aria-hidden="true">
        {legend.map((summary) => (
          <Cell key={summary} scope={scope} summary={summary} />
        ))}
      </span>
    </p>
  );
}

function NoReleases({ isFiltered, mayCut }: { readonly isFiltered: boolean; readonly mayCut: boolean }) {
  if (isFiltered) {
    return (
      <Empty
        title="No release fits"
        action={<Button onClick={() => setQuery({ line: null, supported: null })}>Show all</Button>}
      />
    );
  }
  const cut = mayCut && (
    <Button tone="primary" icon="plus" onClick={() => setQuery({ cut: 'open' })}>
      Cut a release
    </Button>
  );
  return (
    <Empty title="No releases yet" action={cut}>
      A release freezes what the flags are that its code reads, for sites that run it on their own. What is GA is on there, all
      else is dark.
    </Empty>
  );
}
