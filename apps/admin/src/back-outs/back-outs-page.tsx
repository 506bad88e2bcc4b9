import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { type BackOutRow, backOutsQuery } from '../api/release-queries.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { useAcknowledged } from '../releases/use-acknowledged.ts';
import { Link } from '../routes/link.tsx';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { later } from '../routes/screens.tsx';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page, Table } from '../ui/page.tsx';
import { OneOf } from '../ui/segmented.tsx';
import { Empty } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import { listed } from '../words/numbers.ts';
import styles from './back-outs.module.css';
import { ProgressCell } from './progress-cell.tsx';
import { SeverityMark } from './severity-mark.tsx';
import { stateWords } from './state-words.ts';

const BackOutSheet = later(() => import('./back-out-sheet.tsx'), 'BackOutSheet');

const shows = [
  { value: 'open', label: 'Open or in force' },
  { value: 'all', label: 'All' },
] as const;

/** What was forced off in releases that have left, and how far that has come. */
export function BackOutsPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useScope({ org, project });
  const backOuts = useQuery(backOutsQuery(scope));
  useAcknowledged(scope);
  const address = useAddressQuery();
  const show = address.get('show') === 'all' ? 'all' : 'open';
  const may = useMay(org)('backout.make', { project });
  const tools = (
    <>
      <OneOf
        label="Which back-outs"
        options={shows}
        value={show}
        onChange={(next) => setQuery({ show: next === 'open' ? null : next })}
      />
      <span className={pageStyles.spacer} />
      {may && (
        <Button tone="stop" icon="power" onClick={() => setQuery({ new: '1' })}>
          Back out of releases
        </Button>
      )}
    </>
  );
  return (
    <Page title="Back-outs" tools={tools}>
      <Loaded query={backOuts} label="back-outs">
        {(rows) => (
          <BackOutTable scope={scope} show={show} rows={rows.filter(({ open, inForce }) => open || inForce || show === 'all')} />
        )}
      </Loaded>
      {may && address.has('new') && (
        <Suspense>
          <BackOutSheet scope={scope} {...startOf(address)} onClose={closeSheet} />
        </Suspense>
      )}
    </Page>
  );
}

/** What a link or the palette begins it with. */
function startOf(address: URLSearchParams) {
  const [flag, feature, releases] = ['flag', 'feature', 'releases'].map((name) => address.get(name) ?? undefined);
  return { ...(flag && { flags: [flag] }), ...(feature && { feature }), ...(releases && { releases }) };
}

/** By the time it is made, its own page is shown. */
function closeSheet(): void {
  if (new URLSearchParams(location.search).has('new')) setQuery({ new: null, flag: null, feature: null, releases: null });
}

interface BackOutTableProps {
  readonly scope: Scope;
  readonly show: 'open' | 'all';
  readonly rows: readonly BackOutRow[];
}

function BackOutTable({ scope, show, rows }: BackOutTableProps) {
  if (rows.length === 0) {
    return (
      <Empty title={show === 'open' ? 'No back-out is open or in force' : 'Nothing was backed out of a release yet'}>
        A back-out forces flags off in releases that have left: each supported one gets a new shipment, later ones carry it until
        it is resolved.
      </Empty>
    );
  }
  return (
    <Table label="Back-outs" head={['Back-out', 'Flags', 'Releases', 'What sites are told', 'Progress', 'Since']}>
      {rows.map((row) => (
        <Line key={row.backOut.key} scope={scope} row={row} />
      ))}
    </Table>
  );
}

function Line({ scope, row }: { readonly scope: Scope; readonly row: BackOutRow }) {
  const { backOut, releases } = row;
  const { key, flags, feature, severity, reason, since, by } = backOut;
  return (
    <tr>
      <td className={styles.key}>
        <Link className={pageStyles.strong} href={pages.backOut.href({ ...scope, backOut: key })}>
          {key}
        </Link>{' '}
        <SeverityMark severity={severity} />
      </td>
      <td>
        {feature ?? listed(flags)}
        {feature && <span className={pageStyles.dim}> {listed(flags)}</span>}
      </td>
      <td data-label="Releases">
        <span>
          <code>{backOut.releases}</code>{' '}
          <span className={pageStyles.dim}>
            {stateWords(row)}; {carried(releases)}
          </span>
        </span>
      </td>
      <td>{reason}</td>
      <td data-label="Progress" className={styles.progressCell}>
        <ProgressCell scope={scope} backOut={key} />
      </td>
      <td data-label="Since">
        <span>
          <Ago at={since} /> <span className={pageStyles.dim}>by {by}</span>
        </span>
      </td>
    </tr>
  );
}

/** The releases that carry it, few by name. */
function carried(releases: BackOutRow['releases']): string {
  if (releases.length === 0) return 'no release carries it';
  if (releases.length > 4) return `${releases.length} releases carry it`;
  return `in ${listed(releases.map(({ release, revision }) => `${release} r${revision}`))}`;
}
