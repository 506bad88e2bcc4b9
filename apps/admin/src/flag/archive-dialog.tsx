import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SentAs } from '../api/call.ts';
import { releasesOfFlagQuery, runningQuery } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { CommitButtons } from '../publish/commit-buttons.tsx';
import { Proposal } from '../publish/proposal.tsx';
import { usePreview } from '../publish/use-preview.ts';
import { dayWords, runningWords } from '../releases/release-words.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Table } from '../ui/page.tsx';

interface ArchiveDialogProps {
  readonly scope: Scope;
  readonly flag: string;
  onClose(): void;
}

const operation = 'POST /orgs/:org/projects/:project/flags/:flag/archive';

/** Releases that have left read it still, and nobody can take it from them: who archives it all the same says so. */
export function ArchiveDialog({ scope, flag, onClose }: ArchiveDialogProps) {
  const commit = useCommit();
  const [isAccepted, setAccepted] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const request = { params: { ...scope, flag }, body: { accept: true } };
  const { preview, error } = usePreview(operation, isBusy ? undefined : request);
  async function archive(as?: SentAs) {
    setBusy(true);
    const done = await commit(operation, request, `Archived ${flag}`, as);
    setBusy(false);
    if (done) navigate(pages.flags.href(scope));
  }
  const foot = (
    <>
      <Button tone="plain" onClick={onClose}>
        Keep it
      </Button>
      <CommitButtons
        scope={scope}
        verb={`Archive ${flag}`}
        waits={preview?.waits}
        reason=""
        busy={isBusy}
        disabled={!isAccepted || preview === undefined}
        onCommit={(as) => void archive(as)}
      />
    </>
  );
  return (
    <Dialog title={`Releases still read ${flag}`} onClose={onClose} foot={foot}>
      <Readers scope={scope} flag={flag} />
      <CheckField label="I accept that these releases keep reading it" checked={isAccepted} onChange={setAccepted} />
      <Proposal isWhole preview={preview} error={error} />
    </Dialog>
  );
}

/** The supported releases that read it, and who runs them. */
function Readers({ scope, flag }: Omit<ArchiveDialogProps, 'onClose'>) {
  const { data } = useQuery(releasesOfFlagQuery(scope, flag));
  const { data: running } = useQuery(runningQuery(scope));
  const readers = data?.releases.filter(({ supported }) => supported) ?? [];
  return (
    <Table label={`Supported releases that read ${flag}`} head={['Release', 'Here', 'Supported until', 'Installs']}>
      {readers.map(({ release, summary, supportedUntil }) => (
        <tr key={release}>
          <td>
            <b>{release}</b>
          </td>
          <td data-label="Here">{summary}</td>
          <td data-label="Supported until">{supportedUntil ? dayWords(supportedUntil) : 'no end said'}</td>
          <td data-label="Installs">{running ? runningWords(running, release) : 'not known'}</td>
        </tr>
      ))}
    </Table>
  );
}
