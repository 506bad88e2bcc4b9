import { type FormEvent, useState } from 'react';
import { useCommit } from '../api/use-commit.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Editor } from './editor.ts';
import styles from './unlock.module.css';

/** A killed flag stays off until somebody says why it may come back. */
export function Unlock({ editor: { scope, environment, flag } }: { readonly editor: Editor }) {
  const commit = useCommit();
  const [reason, setReason] = useState('');
  const may = useMay(scope.org)('flag.unlock', { project: scope.project, environment: environment.key });
  async function unlock(event: FormEvent) {
    event.preventDefault();
    const params = { ...scope, environment: environment.key, flag: flag.key };
    const body = { reason: reason.trim() };
    await commit(
      'POST /orgs/:org/projects/:project/environments/:environment/flags/:flag/unlock',
      { params, body },
      `Unlocked ${flag.key} in ${environment.name}; it stays off until you turn it on`,
    );
  }
  return (
    <div className={styles.unlock}>
      <p className={styles.words}>
        <Icon name="lock" size={12} /> Killed: off and locked
      </p>
      {may && (
        <form className={styles.form} onSubmit={(event) => void unlock(event)}>
          <input
            aria-label={`Why it may be unlocked in ${environment.name}`}
            placeholder="Why may it come back?"
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button type="submit" disabled={reason.trim() === ''}>
            Unlock
          </Button>
        </form>
      )}
    </div>
  );
}
