import { useQuery } from '@tanstack/react-query';
import { flagQuery } from '../api/queries.ts';
import { type Refusal, sentence } from '../api/refusal.ts';
import type { Scope } from '../api/scope.ts';
import { clashes, type Draft, rebased } from '../edit/draft.ts';
import { discardDrafts, putDraft } from '../edit/draft-store.ts';
import { Button } from '../ui/button.tsx';
import { changeLines } from '../words/change-words.ts';
import { ChangeLines } from './change-lines.tsx';
import styles from './conflicts.module.css';

interface ConflictsProps {
  readonly scope: Scope;
  readonly drafts: readonly Draft[];
  readonly error: Refusal;
}

/** Somebody else was faster. Shows what they did; nothing of theirs is overwritten unless one says so. */
export function Conflicts({ scope, drafts, error }: ConflictsProps) {
  const flags = [...new Set(drafts.map(({ flag }) => flag))];
  return (
    <div className={styles.conflicts} role="alert">
      <p className={styles.words}>{sentence(error)}</p>
      {flags.map((flag) => (
        <Theirs key={flag} scope={scope} flag={flag} drafts={drafts.filter((draft) => draft.flag === flag)} />
      ))}
    </div>
  );
}

interface TheirsProps extends Pick<ConflictsProps, 'scope' | 'drafts'> {
  readonly flag: string;
}

function Theirs({ scope, flag, drafts }: TheirsProps) {
  const { data } = useQuery(flagQuery(scope, flag));
  if (!data) return null;
  const moved = drafts.flatMap((draft) => {
    const current = data.environments[draft.environment];
    return current && current.revision !== draft.revision ? [{ draft, current }] : [];
  });
  function keepMine() {
    for (const { draft, current } of moved) putDraft(scope, rebased(draft, current.document, current.revision));
  }
  function takeTheirs() {
    discardDrafts(
      scope,
      moved.map(({ draft }) => draft),
    );
  }
  return moved.map(({ draft, current }) => (
    <div key={draft.environment} className={styles.theirs}>
      <p>
        What changed in <b>{draft.environment}</b> since you began
        {clashes(draft, current.document).length > 0 ? ', and you changed it too' : ''}:
      </p>
      <ChangeLines lines={changeLines(draft.base, current.document)} />
      <div className={styles.actions}>
        <Button onClick={takeTheirs}>Drop my edit</Button>
        <Button tone="primary" onClick={keepMine}>
          {clashes(draft, current.document).length > 0 ? 'Put mine on top' : 'Keep both'}
        </Button>
      </div>
    </div>
  ));
}
