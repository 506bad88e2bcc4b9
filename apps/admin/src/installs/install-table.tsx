import type { InstallRow } from '@taffrail/schema';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { Table } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { Ago } from '../ui/time.tsx';
import styles from './installs.module.css';
import { StandingMark } from './standing-mark.tsx';
import { runsWords } from './standing-words.ts';

interface InstallTableProps {
  readonly scope: Scope;
  readonly installs: readonly InstallRow[];
  /** Whether there are several lines: then each row says which. */
  readonly hasLines: boolean;
}

export function InstallTable({ scope, installs, hasLines }: InstallTableProps) {
  return (
    <Table label="Installs" head={['Install', 'Standing', 'Runs', ...(hasLines ? ['Line'] : []), 'Since', 'Last heard of']}>
      {installs.map((row) => (
        <InstallLine key={row.install} scope={scope} row={row} hasLines={hasLines} />
      ))}
    </Table>
  );
}

function InstallLine({ scope, row, hasLines }: Pick<InstallTableProps, 'scope' | 'hasLines'> & { readonly row: InstallRow }) {
  const { install, name, line, standing, supported, runs, carried } = row;
  const since = runs?.appliedAt ?? carried?.at;
  return (
    <tr>
      <td className={styles.nameCell}>
        <Link className={pageStyles.strong} href={pages.install.href({ ...scope, install })}>
          {name}
        </Link>{' '}
        {name !== install && <code className={pageStyles.dim}>{install}</code>}
      </td>
      <td>
        <StandingMark standing={standing} />
      </td>
      <td>
        {runsWords(row)}
        {supported === false && <span className={styles.warned}> out of support</span>}
      </td>
      {hasLines && <td data-label="Line">{line}</td>}
      <td className={pageStyles.dim} data-label="Since">
        {since && <Ago at={since} />}
      </td>
      <td className={pageStyles.dim} data-label="Last heard of">
        <LastHeard row={row} />
      </td>
    </tr>
  );
}

export function LastHeard({ row: { online, lastSeenAt, connection } }: { readonly row: InstallRow }) {
  if (online) return <span className={styles.online}>online</span>;
  if (lastSeenAt) return <Ago at={lastSeenAt} />;
  return connection === 'air-gapped' ? 'no network' : 'never';
}
