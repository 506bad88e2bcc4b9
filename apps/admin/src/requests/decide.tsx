import { useState } from 'react';
import type { RequestDetail } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import pageStyles from '../ui/page.module.css';
import { wantsSomebody } from './request-words.ts';
import { type Deciding, useDecide } from './use-decide.ts';

interface DecideProps {
  readonly scope: Scope;
  readonly detail: RequestDetail;
}

/** What the person who looks may do with it. */
export function Decide({ scope, detail }: DecideProps) {
  const { request, yours } = detail;
  const [reason, setReason] = useState('');
  const deciding = useDecide(scope, request, reason.trim());
  const canAct = yours.approve || yours.reject || yours.withdraw || yours.review;
  const hurdle = wantsSomebody(request) ? yours.sentence : undefined;
  if (!canAct && !hurdle) return null;
  return (
    <section className={pageStyles.form} aria-label="Decide">
      {hurdle && <p className={pageStyles.words}>{hurdle}</p>}
      {canAct && (
        <TextField
          label="Reason, for the history"
          {...(yours.reject && { hint: 'a rejection needs one' })}
          maxLength={500}
          value={reason}
          onChange={setReason}
        />
      )}
      <Acts detail={detail} deciding={deciding} hasReason={reason.trim() !== ''} />
    </section>
  );
}

interface ActsProps extends Pick<DecideProps, 'detail'> {
  readonly deciding: Deciding;
  readonly hasReason: boolean;
}

/** Approving names exactly what was looked at. */
function Acts({ detail: { now, yours }, deciding, hasReason }: ActsProps) {
  const { isBusy, approve, reject, withdraw, review } = deciding;
  const digest = now?.preview?.digest;
  return (
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
        <Button tone="stop" disabled={isBusy || !hasReason} onClick={() => void reject()}>
          Reject
        </Button>
      )}
      {yours.withdraw && (
        <Button disabled={isBusy} onClick={() => void withdraw()}>
          Withdraw
        </Button>
      )}
    </div>
  );
}
