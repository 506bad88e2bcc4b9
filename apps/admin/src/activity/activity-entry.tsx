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
import { EntryDetail } from './entry-detail.tsx';
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
  const { at, revision } = entry;
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
        <Who actor={entry.actor} onPerson={onPerson} />
        <What scope={scope} entry={entry} />
        <span className={styles.when}>
          <Ago at={at} />
        </span>
        {mayUndo && isUndoable(entry) && <Undo scope={scope} entry={entry} />}
      </div>
      {isOpen && <EntryDetail entry={entry} />}
    </li>
  );
});

interface WhoProps {
  readonly actor: HistoryEntry['actor'];
  readonly onPerson: ((id: string) => void) | undefined;
}

function Who({ actor: { id, name }, onPerson }: WhoProps) {
  if (!onPerson) return <span className={styles.who}>{name}</span>;
  return (
    <button type="button" className={styles.who} title={`Only ${name}`} onClick={() => onPerson(id)}>
      {name}
    </button>
  );
}

function What({ scope, entry }: Pick<ActivityEntryProps, 'scope' | 'entry'>) {
  const { key, isFlag, what, environments, more } = entryWords(entry);
  return (
    <>
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
    </>
  );
}

function Undo({ scope, entry }: Pick<ActivityEntryProps, 'scope' | 'entry'>) {
  const commit = useCommit();
  const { revision } = entry;
  const { key, what } = entryWords(entry);
  const undo = () =>
    void commit(
      'POST /orgs/:org/projects/:project/history/:revision/undo',
      { params: { ...scope, revision: String(revision) }, body: {} },
      `Undid revision ${revision}: ${key} ${what}`,
    );
  return (
    <Button small tone="plain" icon="undo" className={styles.undo} aria-label={`Undo revision ${revision}`} onClick={undo}>
      Undo
    </Button>
  );
}
