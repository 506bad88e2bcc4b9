import { useState } from 'react';
import type { ReleaseDetail } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import type { SentAs } from '../api/call.ts';
import { useCommit } from '../api/use-commit.ts';
import { CommitFoot } from '../publish/commit-foot.tsx';
import { Proposal } from '../publish/proposal.tsx';
import { usePreview } from '../publish/use-preview.ts';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { dayWords } from './release-words.ts';

interface SupportDialogProps {
  readonly scope: Scope;
  readonly detail: ReleaseDetail;
  onClose(): void;
}

const operation = 'POST /orgs/:org/projects/:project/releases/:release/support';

/** Until when a release is supported: nobody signs for it later, and what is supported again catches up. */
export function SupportDialog({ scope, detail, onClose }: SupportDialogProps) {
  const { day, setDay, reason, setReason, isBusy, save, preview, error } = useSupport(scope, detail);
  const saveAs = async (as?: SentAs) => {
    if (await save(as)) onClose();
  };
  return (
    <Dialog
      title={`Support of ${detail.release}`}
      onClose={onClose}
      foot={
        <CommitFoot
          scope={scope}
          verb="Save"
          preview={preview}
          reason={reason}
          busy={isBusy}
          onReason={setReason}
          onCommit={(as) => void saveAs(as)}
        />
      }
    >
      <TextField
        label="Supported until"
        type="date"
        hint="its last day, to its end in UTC; empty: until somebody says so"
        value={day}
        onChange={setDay}
      />
      <Proposal isWhole preview={preview} error={error} />
    </Dialog>
  );
}

function useSupport(scope: Scope, { release, revision, supportedUntil = '' }: ReleaseDetail) {
  const commit = useCommit();
  const [day, setDay] = useState(supportedUntil);
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const params = { ...scope, release };
  const body = { supportedUntil: day === '' ? null : day };
  const previewed = usePreview(operation, isBusy ? undefined : { params, body });
  async function save(as?: SentAs): Promise<boolean> {
    setBusy(true);
    const said = { ...body, ...(reason.trim() && { reason: reason.trim() }) };
    const words = day === '' ? `${release} is supported, no end said` : `${release} is supported until ${dayWords(day)}`;
    const committed = await commit(operation, { params, body: said, ifMatch: revision }, words, as);
    setBusy(false);
    return committed !== undefined;
  }
  return { ...previewed, day, setDay, reason, setReason, isBusy, save };
}
