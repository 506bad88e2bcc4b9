import type { HistoryEntry } from '@taffrail/schema';
import { memo, useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { Link } from '../routes/link.tsx';
import { pages } from '../routes/pages.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Ago } from '../ui/time.tsx';
import { count } from '../words/numbers.ts';
import styles from './activity.module.css';
import { ChangeDetail } from './change-detail.tsx';
import { entryWords, isUndoable } from './entry-words.ts';

interface ActivityEntryProps {
  readonly scope: Scope;
  readonly entry: HistoryEntry;
  readonly mayUndo: boolean;
  onPerson?(id: string): void;
}

/** One commit on one line: who, what, where, when, and the way back. Opened, it shows every difference. */
export const ActivityEntry = memo(function ActivityEntry({ scope, entry, mayUndo, onPerson }: ActivityEntryProps) {
  const [isOpen, setOpen] = useState(false);
  const commit = useCommit();
  const { actor, at, changes, revision } = entry;
  const { key, isFlag, what, environments, more } = entryWords(entry);
  const undo = () =>
    void commit(
      'POST /orgs/:org/projects/:project/history/:revision/undo',
      { params: { ...scope, revision: String(revision) }, body: {} },
      `Undid revision ${revision}: ${key} ${what}`,
    );
  return (
    <li className={styles.entry}>
      <div className={styles.line}>
        <IconButton
          icon="right"
          className={styles.toggle}
          label={`${isOpen ? 'Hide' : 'Show'} revision ${revision}`}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        />
        {onPerson ? (
          <button type="button" className={styles.who} title={`Only ${actor.name}`} onClick={() => onPerson(actor.id)}>
            {actor.name}
          </button>
        ) : (
          <span className={styles.who}>{actor.name}</span>
        )}
        <span className={styles.what}>
          {isFlag ? (
            <Link href={pages.flag.href({ ...scope, flag: key })}>
              <b>{key}</b>
            </Link>
          ) : (
            <b>{key}</b>
          )}{' '}
          {what}
          {more > 0 && ` and ${count(more, 'more change')}`}
        </span>
        <span className={styles.where}>{environments.join(', ')}</span>
        <span className={styles.when}>
          <Ago at={at} />
        </span>
        {mayUndo && isUndoable(entry) && (
          <Button small tone="plain" icon="undo" className={styles.undo} aria-label={`Undo revision ${revision}`} onClick={undo}>
            Undo
          </Button>
        )}
      </div>
      {isOpen && (
        <div className={styles.detail}>
          {entry.reason && <p>“{entry.reason}”</p>}
          {changes.map((change, index) => (
            <ChangeDetail key={index} change={change} />
          ))}
          <p className={styles.meta}>
            revision {revision} · {new Date(at).toLocaleString('en-GB')} · {entry.command}
            {entry.undoes !== undefined && ` · undoes revision ${entry.undoes}`} · digest {entry.digest.slice(0, 12)}
          </p>
        </div>
      )}
    </li>
  );
});
