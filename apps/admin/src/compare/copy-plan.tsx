import { useState } from 'react';
import type { SentAs } from '../api/call.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { CommitButtons } from '../publish/commit-buttons.tsx';
import { Proposal } from '../publish/proposal.tsx';
import { usePreview } from '../publish/use-preview.ts';
import { CheckField } from '../ui/check-field.tsx';
import { TextField } from '../ui/field.tsx';
import pageStyles from '../ui/page.module.css';
import { count } from '../words/numbers.ts';

interface CopyPlanProps {
  readonly scope: Scope;
  readonly target: string;
  readonly from: string;
  readonly flags: readonly string[];
  onDone(): void;
}

const operation = 'POST /orgs/:org/projects/:project/environments/:environment/copy';

/** What copying the chosen flags would change, and for whom. */
export function CopyPlan({ scope, target, from, flags, onDone }: CopyPlanProps) {
  const commit = useCommit();
  const [take, setTake] = useState({ segments: true, pins: false });
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const params = { ...scope, environment: target };
  const body = { from, flags: [...flags], ...take };
  const { preview, error } = usePreview(operation, { params, body });
  const verb = `Copy ${count(flags.length, 'flag')} to ${target}`;
  async function copy(as?: SentAs) {
    setBusy(true);
    const said = reason.trim() ? { reason: reason.trim() } : {};
    const done = await commit(operation, { params, body: { ...body, ...said } }, `Copied ${flags.join(', ')} to ${target}`, as);
    setBusy(false);
    if (done) onDone();
  }
  return (
    <section className={pageStyles.section} aria-label="What would change">
      <h2>{verb}</h2>
      <div className={pageStyles.form}>
        <CheckField
          label="Pins too"
          hint="pins often name test accounts"
          checked={take.pins}
          onChange={(pins) => setTake({ ...take, pins })}
        />
        <CheckField
          label="Segments that they ask"
          hint="else they must be there already"
          checked={take.segments}
          onChange={(segments) => setTake({ ...take, segments })}
        />
        <TextField label="Reason, for the history" maxLength={500} value={reason} onChange={setReason} />
      </div>
      <Proposal preview={preview} error={error} limit={20} />
      <div className={pageStyles.buttons}>
        <CommitButtons
          scope={scope}
          verb={verb}
          waits={preview?.waits}
          reason={reason}
          busy={busy}
          disabled={!preview || preview.changes.length === 0}
          onCommit={(as) => void copy(as)}
        />
      </div>
    </section>
  );
}
