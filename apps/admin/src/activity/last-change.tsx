import type { FlagRow } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { Button } from '../ui/button.tsx';
import { Ago } from '../ui/time.tsx';
import styles from './last-change.module.css';

interface LastChangeProps {
  readonly scope: Scope;
  readonly change: FlagRow['lastChange'];
  readonly mayUndo: boolean;
}

/** Who changed it last, how, and the way back. */
export function LastChange({ scope, change, mayUndo }: LastChangeProps) {
  const commit = useCommit();
  if (!change) return null;
  const { revision, by, at, summary } = change;
  const undo = () =>
    void commit(
      'POST /orgs/:org/projects/:project/history/:revision/undo',
      { params: { ...scope, revision: String(revision) }, body: {} },
      `Undid revision ${revision}: ${summary}`,
    );
  return (
    <p className={styles.change} aria-label="Last change">
      <span title={summary}>
        <b>{by.name}</b>, <Ago at={at} />: {summary}
      </span>
      {mayUndo && (
        <Button small tone="plain" icon="undo" onClick={undo}>
          Undo
        </Button>
      )}
    </p>
  );
}
