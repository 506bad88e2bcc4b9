import type { Environment, Feature } from '@taffrail/schema';
import { type FormEvent, useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { usePreview } from '../publish/use-preview.ts';
import { Who } from '../publish/who.tsx';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import styles from './features.module.css';

interface BackOutProps {
  readonly scope: Scope;
  readonly feature: Feature;
  readonly environment: Environment;
}

/** All its flags off and locked, as one revision. It never waits for anybody, nor for its preview; only its reason is asked. */
export function BackOut({ scope, feature, environment }: BackOutProps) {
  const may = useMay(scope.org)('flag.kill', { project: scope.project, environment: environment.key });
  const [isAsking, setAsking] = useState(false);
  if (!may || feature.archivedAt) return null;
  if (isAsking) return <Why scope={scope} feature={feature} environment={environment} onClose={() => setAsking(false)} />;
  return (
    <Button small tone="stop" icon="power" aria-label={`Back out of ${environment.name}`} onClick={() => setAsking(true)}>
      Back out
    </Button>
  );
}

const backOutOperation = 'POST /orgs/:org/projects/:project/environments/:environment/features/:feature/back-out';
/** A preview is asked for before the reason is written. */
const reasonOfPreview = 'to see what it would do';

function Why({ scope, feature, environment, onClose }: BackOutProps & { onClose(): void }) {
  const commit = useCommit();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const params = { ...scope, environment: environment.key, feature: feature.key };
  const { preview, error } = usePreview(backOutOperation, { params, body: { reason: reasonOfPreview } });
  async function backOut(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    await commit(
      backOutOperation,
      { params, body: { reason: reason.trim() } },
      `Backed ${feature.name} out of ${environment.name}`,
    );
    setBusy(false);
    onClose();
  }
  return (
    <form className={styles.why} onSubmit={(event) => void backOut(event)}>
      <input
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the focus was on the button that this replaces
        autoFocus
        aria-label={`Why ${feature.name} is backed out of ${environment.name}`}
        placeholder="Why? For the history"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={({ key }) => key === 'Escape' && onClose()}
      />
      <Button type="submit" tone="stop" icon="power" busy={busy} disabled={reason.trim() === ''}>
        Back out
      </Button>
      <div className={styles.losers}>
        <Who preview={preview} error={error} />
      </div>
    </form>
  );
}
