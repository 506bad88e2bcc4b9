import { useState } from 'react';
import type { RequestDetail } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { Button } from '../ui/button.tsx';
import pageStyles from '../ui/page.module.css';
import { TextField } from '../ui/field.tsx';
import { useDecide } from './use-decide.ts';

/** What the person who looks may do with it. Approving names exactly what was looked at. */
export function Decide({ scope, detail }: { readonly scope: Scope; readonly detail: RequestDetail }) {
  const { request, now, yours } = detail;
  const [reason, setReason] = useState('');
  const { isBusy, approve, reject, withdraw, review } = useDecide(scope, request, reason.trim());
  const digest = now?.preview?.digest;
  const canAct = yours.approve || yours.reject || yours.withdraw || yours.review;
  return (
    <div className={pageStyles.form}>
      {yours.sentence && <p className={pageStyles.words}>{yours.sentence}</p>}
      {canAct && (
        <TextField
          label="Reason, for the history"
          {...(yours.reject && { hint: 'a rejection needs one' })}
          maxLength={500}
          value={reason}
          onChange={setReason}
        />
      )}
      <div className={pageStyles.buttons}>
        {yours.approve && digest && (
          <Button tone="primary" icon="check" busy={isBusy} onClick={() => void approve(digest)}>
            Approve and publish
          </Button>
        )}
        {yours.review && (
          <Button tone="primary" icon="check" busy={isBusy} onClick={() => void review()}>
            Reviewed
          </Button>
        )}
        {yours.reject && (
          <Button tone="stop" disabled={isBusy || reason.trim() === ''} onClick={() => void reject()}>
            Reject
          </Button>
        )}
        {yours.withdraw && (
          <Button disabled={isBusy} onClick={() => void withdraw()}>
            Withdraw
          </Button>
        )}
      </div>
    </div>
  );
}
