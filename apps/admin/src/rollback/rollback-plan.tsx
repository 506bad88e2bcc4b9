import type { Environment, HistoryEntry } from '@taffrail/schema';
import { useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { Proposal } from '../publish/proposal.tsx';
import { usePreview } from '../publish/use-preview.ts';
import { setQuery } from '../routes/location.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
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
  const commit = useCommit();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const may = useMay(scope.org)('environment.rollback', { project: scope.project, environment: environment.key });
  const params = { ...scope, environment: environment.key };
  const { preview, error } = usePreview(operation, entry && { params, body: { to: entry.revision } });
  if (!entry) return <p className={styles.hint}>Nothing is chosen yet.</p>;
  async function rollBack(to: number) {
    setBusy(true);
    const body = { to, ...(reason.trim() ? { reason: reason.trim() } : {}) };
    const done = await commit(operation, { params, body }, `Rolled ${environment.name} back to revision ${to}`);
    setBusy(false);
    if (done) setQuery({ to: null });
  }
  const isNothing = preview?.changes.length === 0;
  return (
    <section className={styles.plan} aria-label="What would change">
      <h2>
        {environment.name} as of {momentWords(entry.at)}
      </h2>
      <Proposal preview={preview} error={error} />
      {may && (
        <div className={styles.act}>
          <input
            aria-label="Reason, for the history"
            placeholder="Reason (optional)"
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button
            tone="primary"
            icon="undo"
            busy={busy}
            disabled={!preview || isNothing}
            onClick={() => void rollBack(entry.revision)}
          >
            Roll {environment.name} back to {entry.revision}
          </Button>
        </div>
      )}
    </section>
  );
}
