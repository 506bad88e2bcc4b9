import type { RequestRow } from '@taffrail/schema';
import { useQuery } from '@tanstack/react-query';
import { requestsQuery } from '../api/queries.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { classNames } from '../ui/class-names.ts';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page, Table } from '../ui/page.tsx';
import { OneOf } from '../ui/segmented.tsx';
import { Empty } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import { statusName, waitsWords, wantsSomebody } from './request-words.ts';
import styles from './requests.module.css';

type Show = 'waiting' | 'decided';

const shows = [
  { value: 'waiting', label: 'Waiting' },
  { value: 'decided', label: 'Decided' },
] as const;

/** What waits for a second person, and what became of the rest. */
export function RequestsPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useScope({ org, project });
  const requests = useQuery(requestsQuery(scope));
  const show: Show = useAddressQuery().get('show') === 'decided' ? 'decided' : 'waiting';
  const tools = (
    <OneOf
      label="Which requests"
      options={shows}
      value={show}
      onChange={(next) => setQuery({ show: next === 'waiting' ? null : next })}
    />
  );
  return (
    <Page title="Requests" tools={tools}>
      <Loaded query={requests} label="requests">
        {(rows) => (
          <RequestTable scope={scope} show={show} rows={rows.filter((row) => wantsSomebody(row) === (show === 'waiting'))} />
        )}
      </Loaded>
    </Page>
  );
}

interface RequestTableProps {
  readonly scope: Scope;
  readonly show: Show;
  readonly rows: readonly RequestRow[];
}

function RequestTable({ scope, show, rows }: RequestTableProps) {
  if (rows.length === 0) {
    return (
      <Empty title={show === 'waiting' ? 'Nothing waits for a second person' : 'Nothing was decided yet'}>
        Which acts want a second person is said for each environment, under Environments.
      </Empty>
    );
  }
  return (
    <Table label="Requests" head={['Request', 'Waits for', 'By', show === 'waiting' ? 'State' : 'Decision']}>
      {rows.map((row) => (
        <RequestLine key={row.id} scope={scope} row={row} />
      ))}
    </Table>
  );
}

function RequestLine({ scope, row }: { readonly scope: Scope; readonly row: RequestRow }) {
  const { id, summary, reason, waits, requestedBy, requestedAt, status, decision } = row;
  return (
    <tr>
      <td>
        <Link className={pageStyles.strong} href={pages.request.href({ ...scope, request: id })}>
          {summary}
        </Link>
        <div className={pageStyles.dim}>
          request <code>{id}</code>
          {reason && `: ${reason}`}
        </div>
      </td>
      <td className={styles.fact}>{waitsWords(waits)}</td>
      <td className={styles.fact}>
        {requestedBy.name}, <Ago at={requestedAt} />
      </td>
      <td className={styles.fact}>
        <span className={classNames(styles.status, styles[status])}>{statusName(status)}</span>
        {decision && <span className={pageStyles.dim}>by {decision.by.name}</span>}
      </td>
    </tr>
  );
}
