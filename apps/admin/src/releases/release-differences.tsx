import { useQuery } from '@tanstack/react-query';
import { type ReleaseDifferences as Found, releaseDifferencesQuery, releasesQuery } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { InlineSelect } from '../ui/inline.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Table } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';
import { grouped } from '../words/numbers.ts';
import { Cell } from './cell.tsx';
import styles from './releases.module.css';

interface ReleaseDifferencesProps {
  readonly scope: Scope;
  readonly release: string;
}

/** What an install gains, loses and sees changed that comes to this release from another. */
export function ReleaseDifferences({ scope, release }: ReleaseDifferencesProps) {
  const { data: releases } = useQuery(releasesQuery(scope));
  const versions = releases?.map((row) => row.release) ?? [];
  const others = versions.filter((version) => version !== release);
  const asked = useAddressQuery().get('from');
  // The one before it, as long as nobody says another.
  const from = others.find((version) => version === asked) ?? versions[versions.indexOf(release) + 1] ?? others[0];
  if (releases && from === undefined) return <Empty title="It is the only release">There is nothing to compare it with.</Empty>;
  return (
    <div className={styles.body}>
      {from !== undefined && (
        <>
          <p>
            Who comes to <b>{release}</b> from{' '}
            <InlineSelect
              label="The release to compare with"
              value={from}
              options={others.map((value) => ({ value, label: value }))}
              onChange={(value) => setQuery({ from: value })}
            />
          </p>
          <Compared key={from} scope={scope} release={release} from={from} />
        </>
      )}
    </div>
  );
}

function Compared({ scope, release, from }: ReleaseDifferencesProps & { readonly from: string }) {
  const differences = useQuery(releaseDifferencesQuery(scope, release, from));
  return (
    <Loaded query={differences} label="differences">
      {(found) => <Lists scope={scope} release={release} from={from} found={found} />}
    </Loaded>
  );
}

interface Side {
  readonly flag: string;
  readonly before: string;
  readonly after: string;
}

function Lists({ scope, release, from, found }: ReleaseDifferencesProps & { readonly from: string; readonly found: Found }) {
  const { gained, lost, changed, same } = found;
  const head = ['Flag', from, release] as const;
  return (
    <>
      <p className={pageStyles.words}>
        {grouped(changed.length)} changed, {grouped(gained.length)} new, {grouped(lost.length)} gone, {grouped(same)} the same.
      </p>
      <Sides
        scope={scope}
        title="Changed"
        head={head}
        sides={changed.map(({ flag, from: before, to: after }) => ({ flag, before, after }))}
      />
      <Sides
        scope={scope}
        title={`Read by ${release} alone`}
        head={head}
        sides={gained.map(({ flag, summary }) => ({ flag, before: '', after: summary }))}
      />
      <Sides
        scope={scope}
        title={`Read by ${from} alone`}
        head={head}
        sides={lost.map(({ flag, summary }) => ({ flag, before: summary, after: '' }))}
      />
    </>
  );
}

interface SidesProps {
  readonly scope: Scope;
  readonly title: string;
  readonly head: readonly [string, string, string];
  readonly sides: readonly Side[];
}

function Sides({ scope, title, head, sides }: SidesProps) {
  if (sides.length === 0) return null;
  return (
    <section className={pageStyles.section}>
      <h2>{title}</h2>
      <Table label={title} head={head}>
        {sides.map(({ flag, before, after }) => (
          <tr key={flag}>
            <td>
              <Link className={pageStyles.strong} href={pages.flag.href({ ...scope, flag }, { tab: 'releases' })}>
                {flag}
              </Link>
            </td>
            <td data-label={head[1]} className={styles.side}>
              <Told scope={scope} summary={before} />
            </td>
            <td data-label={head[2]} className={styles.side}>
              <Told scope={scope} summary={after} />
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function Told({ scope, summary }: { readonly scope: Scope; readonly summary: string }) {
  return summary === '' ? <span className={pageStyles.dim}>not read</span> : <Cell scope={scope} summary={summary} />;
}
