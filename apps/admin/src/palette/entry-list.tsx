import { useEffect } from 'react';
import { classNames } from '../ui/class-names.ts';
import type { Entry } from './entries.ts';
import styles from './palette.module.css';

interface EntryListProps {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly active: number;
  onChoose(index: number): void;
  onTake(entry: Entry): void;
}

/** What the line offers. A click on an act shows what it would do, as the arrows do; a second one does it. */
export function EntryList({ id, entries, active, onChoose, onTake }: EntryListProps) {
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  return (
    <ul id={id} role="listbox" aria-label="Results" className={styles.list}>
      {entries.map((entry, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the input's
        <li
          key={entry.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={classNames(styles.entry, index === active && styles.active)}
          onClick={() => (index === active || !entry.intent ? onTake(entry) : onChoose(index))}
        >
          <span className={styles.title}>{entry.title}</span>
          <span className={styles.hint}>{entry.hint}</span>
        </li>
      ))}
    </ul>
  );
}
