import type { Feature } from '@taffrail/schema';
import { type FormEvent, useState } from 'react';
import { useCommit } from '../api/use-commit.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { useMay } from '../session/session.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Editor } from './editor.ts';
import styles from './unlock.module.css';
import { useFeatureOf } from './use-feature-of.ts';

interface UnlockProps {
  readonly editor: Editor;
}

/** A killed flag stays off until somebody says why it may come back; one of a backed-out feature comes back with the feature. */
export function Unlock({ editor }: UnlockProps) {
  const row = useFeatureOf(editor.scope, editor.flag.key);
  const isOut = row?.environments[editor.environment.key]?.stage === 'backed-out';
  return (
    <div className={styles.unlock}>
      <p className={styles.words}>
        <Icon name="lock" size={12} /> {isOut ? 'Off and locked' : 'Killed: off and locked'}
      </p>
      {isOut ? <WithFeature editor={editor} feature={row.feature} /> : <Why editor={editor} />}
    </div>
  );
}

function WithFeature({ editor: { scope, environment }, feature: { key, name } }: UnlockProps & { readonly feature: Feature }) {
  return (
    <p>
      Backed out with <b>{name}</b>:{' '}
      <Link className={styles.back} href={pages.feature.href({ ...scope, feature: key }, { env: environment.key })}>
        bring it back there
      </Link>
    </p>
  );
}

function Why({ editor: { scope, environment, flag } }: UnlockProps) {
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
  if (!may) return null;
  return (
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
  );
}
