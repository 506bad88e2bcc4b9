import type { BackOutDocument } from '@taffrail/schema';
import { useState } from 'react';
import type { SentAs } from '../api/call.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { CommitFoot } from '../publish/commit-foot.tsx';
import { usePreview } from '../publish/use-preview.ts';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { fixedInMistake } from './back-out-form.ts';
import { Blast } from './blast.tsx';
import styles from './back-outs.module.css';

interface ResolveDialogProps {
  readonly scope: Scope;
  readonly backOut: BackOutDocument;
  onClose(): void;
}

const operation = 'POST /orgs/:org/projects/:project/back-outs/:backOut/resolve';

/** Where it is fixed: those releases get a shipment without it, the others keep it. */
export function ResolveDialog({ scope, backOut: { key }, onClose }: ResolveDialogProps) {
  const { fixedIn, setFixedIn, mistake, reason, setReason, isAsked, isBusy, resolve, preview, error } = useResolve(scope, key);
  const resolveAs = async (as?: SentAs) => {
    if (await resolve(as)) onClose();
  };
  return (
    <Dialog
      title={`Where ${key} is fixed`}
      onClose={onClose}
      foot={
        <CommitFoot
          scope={scope}
          verb={`Resolve ${key}`}
          preview={preview}
          reason={reason}
          busy={isBusy}
          onReason={setReason}
          onCommit={(as) => void resolveAs(as)}
        />
      }
    >
      <TextField
        mono
        label="Fixed in"
        placeholder="8.4.2"
        hint="a version, and all after it; or a range such as >=8.4.2 <8.5"
        value={fixedIn}
        error={mistake}
        onChange={setFixedIn}
      />
      {isAsked ? (
        <Blast isAsked scope={scope} preview={preview} error={error} />
      ) : (
        <p className={styles.quiet}>Say where, and you see which releases get a shipment without it.</p>
      )}
    </Dialog>
  );
}

function useResolve(scope: Scope, backOut: string) {
  const commit = useCommit();
  const [fixedIn, setFixedIn] = useState('');
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const params = { ...scope, backOut };
  const mistake = fixedInMistake(fixedIn);
  const said = fixedIn.trim();
  const body = said === '' || mistake ? undefined : { fixedIn: said };
  const previewed = usePreview(operation, body && !isBusy ? { params, body } : undefined);
  async function resolve(as?: SentAs): Promise<boolean> {
    if (!body) return false;
    setBusy(true);
    const sent = { ...body, ...(reason.trim() && { reason: reason.trim() }) };
    const committed = await commit(operation, { params, body: sent }, `${backOut} is fixed in ${said}`, as);
    setBusy(false);
    return committed !== undefined;
  }
  return { ...previewed, fixedIn, setFixedIn, mistake, reason, setReason, isAsked: body !== undefined, isBusy, resolve };
}
