import type { Environment, HistoryEntry, Waiting } from '@taffrail/schema';
import { useState } from 'react';
import type { SentAs } from '../api/call.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { CommitButtons } from '../publish/commit-buttons.tsx';
import { Proposal } from '../publish/proposal.tsx';
import { ReasonInput } from '../publish/reason-input.tsx';
import { usePreview } from '../publish/use-preview.ts';
import { setQuery } from '../routes/location.ts';
import { useMay } from '../session/session.tsx';
import { momentWords } from '../words/time.ts';
import styles from './rollback-page.module.css';

interface RollbackPlanProps {
  readonly scope: Scope;
  readonly environment: Environment;
  /** The last change that shall stand. */
  readonly entry: HistoryEntry | undefined;
}

const operation = 'POST /orgs/:org/projects/:project/environments/:environment/rollback';

/** What going back would change, and for whom; then the one button that does it. */
export function RollbackPlan({ scope, environment, entry }: RollbackPlanProps) {
  const params = { ...scope, environment: environment.key };
  const may = useMay(scope.org)('environment.rollback', { project: scope.project, environment: environment.key });
  const { preview, error } = usePreview(operation, entry && { params, body: { to: entry.revision } });
  if (!entry) return <p className={styles.hint}>Nothing is chosen yet.</p>;
  const isReady = preview !== undefined && preview.changes.length > 0;
  return (
    <section className={styles.plan} aria-label="What would change">
      <h2>
        {environment.name} as of {momentWords(entry.at)}
      </h2>
      <Proposal preview={preview} error={error} />
      {may && <RollBack scope={scope} environment={environment} to={entry.revision} disabled={!isReady} waits={preview?.waits} />}
    </section>
  );
}

interface RollBackProps extends Pick<RollbackPlanProps, 'scope' | 'environment'> {
  readonly to: number;
  readonly waits: readonly Waiting[] | undefined;
  readonly disabled: boolean;
}

function RollBack({ scope, environment, to, waits, disabled }: RollBackProps) {
  const commit = useCommit();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  async function rollBack(as?: SentAs) {
    setBusy(true);
    const body = { to, ...(reason.trim() ? { reason: reason.trim() } : {}) };
    const params = { ...scope, environment: environment.key };
    const done = await commit(operation, { params, body }, `Rolled ${environment.name} back to revision ${to}`, as);
    setBusy(false);
    if (done) setQuery({ to: null });
  }
  return (
    <div className={styles.act}>
      <ReasonInput reason={reason} onChange={setReason} />
      <CommitButtons
        scope={scope}
        verb={`Roll ${environment.name} back to ${to}`}
        icon="undo"
        waits={waits}
        reason={reason}
        busy={busy}
        disabled={disabled}
        onCommit={(as) => void rollBack(as)}
      />
    </div>
  );
}
