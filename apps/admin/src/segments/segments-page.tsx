import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type SegmentEntry, segmentsQuery } from '../api/queries.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { EnvironmentSwitch, useChosenEnvironment } from '../flags/environment-switch.tsx';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page, Table } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';
import { count, grouped, someOf } from '../words/numbers.ts';
import { NewSegmentDialog } from './new-segment-dialog.tsx';

/** The named conditions of an environment, and which flags use each. */
export function SegmentsPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useScope({ org, project });
  const environment = useChosenEnvironment(scope)?.key ?? '';
  const segments = useQuery({ ...segmentsQuery(scope, environment), enabled: environment !== '' });
  const [isNew, setNew] = useState(false);
  const mayEdit = useMay(org)('segment.edit', { project, environment });
  const create = mayEdit && (
    <Button tone="primary" icon="plus" onClick={() => setNew(true)}>
      New segment
    </Button>
  );
  const tools = (
    <>
      <EnvironmentSwitch scope={scope} />
      <span className={pageStyles.spacer} />
      {create}
    </>
  );
  return (
    <Page title="Segments" tools={tools}>
      <Loaded query={segments} label="segments">
        {(entries) => <SegmentTable scope={scope} environment={environment} entries={entries} create={create} />}
      </Loaded>
      {isNew && (
        <NewSegmentDialog scope={scope} environment={environment} entries={segments.data ?? []} onClose={() => setNew(false)} />
      )}
    </Page>
  );
}

interface SegmentTableProps {
  readonly scope: Scope;
  readonly environment: string;
  readonly entries: readonly SegmentEntry[];
  readonly create: ReactNode;
}

function SegmentTable({ scope, environment, entries, create }: SegmentTableProps) {
  if (entries.length === 0) {
    return (
      <Empty title="No segments here" action={create}>
        A segment is a named condition that many flags can use: early adopters, staff, paying customers.
      </Empty>
    );
  }
  return (
    <Table label="Segments" head={['Segment', 'Who', 'Used by', 'Revision']}>
      {entries.map(({ segment: { document, revision }, usedBy }) => (
        <tr key={document.key}>
          <td>
            <Link
              className={pageStyles.strong}
              href={pages.segment.href({ ...scope, segment: document.key }, { env: environment })}
            >
              {document.key}
            </Link>{' '}
            <span className={pageStyles.dim}>{document.name === document.key ? '' : document.name}</span>
          </td>
          <td>{membersWords(document)}</td>
          <td>{usedBy.length > 0 ? someOf(usedBy, usedBy.length, 4) : <span className={pageStyles.dim}>no flag</span>}</td>
          <td className={pageStyles.dim}>{revision}</td>
        </tr>
      ))}
    </Table>
  );
}

/** `3 orgs listed, 1 kept out, a condition`. */
function membersWords({ kind, included, excluded, when }: SegmentEntry['segment']['document']): string {
  const out = excluded.length > 0 ? [`${grouped(excluded.length)} kept out`] : [];
  return [`${count(included.length, kind)} listed`, ...out, ...(when ? ['a condition'] : [])].join(', ');
}
