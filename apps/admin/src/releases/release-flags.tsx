import type { ReleaseWhy } from '@taffrail/schema';
import { useDeferredValue, useState } from 'react';
import type { ReleaseDetail, ReleaseEntry } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { BackOutButton } from '../back-outs/back-out-button.tsx';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { TextField } from '../ui/field.tsx';
import pageStyles from '../ui/page.module.css';
import { Table } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';
import { count } from '../words/numbers.ts';
import { Cell } from './cell.tsx';
import styles from './releases.module.css';

interface ReleaseFlagsProps {
  readonly scope: Scope;
  readonly detail: ReleaseDetail;
}

/** So many rows are drawn; a search finds the others. */
const mostRows = 300;

const whys: Readonly<Record<ReleaseWhy, string>> = {
  ga: 'ga when it was cut',
  dark: 'not ga when it was cut',
  'onprem:on': 'its policy: on',
  'onprem:opt-in': 'its policy: opt-in',
  'onprem:rules': 'its policy: as its rules say',
};

/** What each flag of a release is and why, what its code does without, and the flags that it reads no more. */
export function ReleaseFlags({ scope, detail }: ReleaseFlagsProps) {
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const found = detail.entries.filter(({ flag }) => flag.toLowerCase().includes(wanted));
  const hidden = found.length - mostRows;
  return (
    <div className={styles.body}>
      <div className={styles.search}>
        <TextField label="Search flags" type="search" value={search} onChange={setSearch} />
        <p className={pageStyles.dim}>{sumOf(detail.entries)}</p>
      </div>
      {found.length === 0 && <Empty title={wanted ? 'No flag is called that' : 'Its code reads no flag'} />}
      {found.length > 0 && <Entries scope={scope} detail={detail} entries={found.slice(0, mostRows)} />}
      {hidden > 0 && <p className={pageStyles.dim}>and {count(hidden, 'more flag')}: search for them</p>}
      <Removed detail={detail} />
    </div>
  );
}

/** `40 flags: 21 on, 19 dark`. */
function sumOf(entries: readonly ReleaseEntry[]): string {
  const of = (summary: string) => entries.filter((entry) => entry.summary === summary).length;
  const out = entries.filter(({ backOut }) => backOut !== undefined).length;
  const backed = out > 0 ? `, ${out} backed out` : '';
  return `${count(entries.length, 'flag')}: ${of('on')} on, ${of('off (dark)')} dark${backed}`;
}

function Entries({ scope, detail, entries }: ReleaseFlagsProps & { readonly entries: readonly ReleaseEntry[] }) {
  const read = new Map(detail.manifest.map((flag) => [flag.key, flag]));
  return (
    <Table hasActs label="Flags of the release" head={['Flag', 'Here', 'Why', 'Code default', 'Read in', 'Act']}>
      {entries.map((entry) => {
        const { flag, summary, why } = entry;
        const { defaults = [], places } = read.get(flag) ?? {};
        return (
          <tr key={flag}>
            <td>
              <Link className={pageStyles.strong} href={pages.flag.href({ ...scope, flag }, { tab: 'releases' })}>
                {flag}
              </Link>
            </td>
            <td data-label="Here">
              <Cell scope={scope} summary={summary} />
            </td>
            <td data-label="Why">{whys[why]}</td>
            <td data-label="Code default">
              <code>{defaults.map((value) => JSON.stringify(value)).join(', ') || '–'}</code>
            </td>
            <td data-label="Read in">{places === undefined ? 'what its flags ask' : count(places, 'place')}</td>
            <td>
              {detail.supported && isOn(entry) && (
                <BackOutButton isPlain scope={scope} flags={[flag]} releases={`>=${detail.release}`} />
              )}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

/** What is dark needs no back-out. */
const isOn = ({ why, backOut }: ReleaseEntry): boolean => why !== 'dark' && backOut === undefined;

function Removed({ detail: { removed } }: Pick<ReleaseFlagsProps, 'detail'>) {
  const flags = Object.entries(removed);
  if (flags.length === 0) return null;
  return (
    <section className={pageStyles.section}>
      <h2>Flags that its code reads no more</h2>
      <ul className={styles.removed}>
        {flags.map(([flag, { in: release, now }]) => (
          <li key={flag}>
            <b>{flag}</b> since {release}: {now}
          </li>
        ))}
      </ul>
    </section>
  );
}
