import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { segmentsQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { Link } from '../routes/link.tsx';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { EnvironmentSwitch, useChosenEnvironment } from '../flags/environment-switch.tsx';
import { Page, Table } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx';
import { keyMistakeOf } from '../new-flag/form.ts';
import { count, someOf } from '../words/numbers.ts';

/** The named conditions of an environment, and which flags use each. */
export function SegmentsPage({ params: { org, project } }: { readonly params: Scope }) {
  const scope = useMemo(() => ({ org, project }), [org, project]);
  const environment = useChosenEnvironment(scope);
  const key = environment?.key ?? '';
  const { data: segments, error, refetch, isPending } = useQuery({ ...segmentsQuery(scope, key), enabled: key !== '' });
  const [isNew, setNew] = useState(false);
  const mayEdit = useMay(org)('segment.edit', { project, environment: key });
  const create = mayEdit && (
    <Button tone="primary" icon="plus" onClick={() => setNew(true)}>
      New segment
    </Button>
  );
  return (
    <Page
      title="Segments"
      tools={
        <>
          <EnvironmentSwitch scope={scope} />
          <span className={pageStyles.spacer} />
          {create}
        </>
      }
    >
      {error && !segments && <Failure error={error} onRetry={() => void refetch()} />}
      {isPending && <SkeletonRows rows={6} label="Loading segments" />}
      {segments?.length === 0 && (
        <Empty title="No segments here" action={create}>
          A segment is a named condition that many flags can use: early adopters, staff, paying customers.
        </Empty>
      )}
      {segments && segments.length > 0 && (
        <Table label="Segments" head={['Segment', 'Who', 'Used by', 'Revision']}>
          {segments.map(({ segment: { document, revision }, usedBy }) => (
            <tr key={document.key}>
              <td>
                <Link className={pageStyles.strong} href={pages.segment.href({ ...scope, segment: document.key }, { env: key })}>
                  {document.key}
                </Link>{' '}
                <span className={pageStyles.dim}>{document.name === document.key ? '' : document.name}</span>
              </td>
              <td>
                {count(document.included.length, document.kind)} listed
                {document.excluded.length > 0 && `, ${document.excluded.length} kept out`}
                {document.when && ', a condition'}
              </td>
              <td>{usedBy.length > 0 ? someOf(usedBy, usedBy.length, 4) : <span className={pageStyles.dim}>no flag</span>}</td>
              <td className={pageStyles.dim}>{revision}</td>
            </tr>
          ))}
        </Table>
      )}
      {isNew && (
        <NewSegment
          taken={new Set(segments?.map(({ segment }) => segment.document.key))}
          onClose={() => setNew(false)}
          onName={(segment) => navigate(pages.segment.href({ ...scope, segment }, { env: key, new: '1' }))}
        />
      )}
    </Page>
  );
}

interface NewSegmentProps {
  readonly taken: ReadonlySet<string>;
  onClose(): void;
  onName(key: string): void;
}

function NewSegment({ taken, onClose, onName }: NewSegmentProps) {
  const [key, setKey] = useState('');
  const mistake = keyMistakeOf(key, taken)?.replace('flag', 'segment');
  return (
    <Dialog
      title="New segment"
      onClose={onClose}
      onSubmit={() => !mistake && onName(key)}
      foot={
        <Button type="submit" tone="primary" disabled={mistake !== undefined}>
          Continue
        </Button>
      }
    >
      <TextField
        mono
        label="Name"
        placeholder="early-adopters"
        value={key}
        error={key === '' ? undefined : mistake}
        onChange={setKey}
      />
    </Dialog>
  );
}
