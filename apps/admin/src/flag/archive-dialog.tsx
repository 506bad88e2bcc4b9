import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SentAs } from '../api/call.ts';
import { releasesOfFlagQuery, runningQuery } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { CommitButtons } from '../publish/commit-buttons.tsx';
import { Proposal } from '../publish/proposal.tsx';
import { usePreview } from '../publish/use-preview.ts';
import { installsOn, runningWords, supportWords } from '../releases/release-words.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Table } from '../ui/page.tsx';
import { someOf } from '../words/numbers.ts';

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

/** The supported releases that read it, and who runs them; those that nobody runs, in a line. */
function Readers({ scope, flag }: Omit<ArchiveDialogProps, 'onClose'>) {
  const { data } = useQuery(releasesOfFlagQuery(scope, flag));
  const { data: running = [] } = useQuery(runningQuery(scope));
  const readers = data?.releases.filter(({ supported }) => supported) ?? [];
  const isRun = ({ release }: { readonly release: string }) => (installsOn(running, release) ?? 0) > 0;
  const others = readers.filter((row) => !isRun(row)).map(({ release }) => release);
  return (
    <div>
      {readers.some(isRun) && (
        <Table label={`Releases that are run and read ${flag}`} head={['Release', 'Here', 'Support', 'Installs']}>
          {readers.filter(isRun).map((row) => (
            <tr key={row.release}>
              <td>
                <b>{row.release}</b>
              </td>
              <td data-label="Here">{row.summary}</td>
              <td data-label="Support">{supportWords(row)}</td>
              <td data-label="Installs">{runningWords(running, row.release)}</td>
            </tr>
          ))}
        </Table>
      )}
      {others.length > 0 && (
        <p>
          No known install runs {someOf(others)}, {others.length === 1 ? 'which reads' : 'which read'} it too.
        </p>
      )}
    </div>
  );
}
