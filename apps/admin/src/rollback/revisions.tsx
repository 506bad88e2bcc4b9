import type { HistoryEntry } from '@taffrail/schema';
import { entryWords } from '../activity/entry-words.ts';
import { Ago } from '../ui/time.tsx';
import { count } from '../words/numbers.ts';
import styles from './rollback-page.module.css';

interface RevisionsProps {
  readonly environment: string;
  readonly entries: readonly HistoryEntry[];
  readonly chosen: number | undefined;
  onChoose(revision: number): void;
}

/** The revisions of an environment, newest first. The newest is where it stands. */
export function Revisions({ environment, entries, chosen, onChoose }: RevisionsProps) {
  const [newest, ...older] = entries;
  return (
    <div className={styles.list} role="radiogroup" aria-label="Go back to">
      {newest && (
        <p className={styles.now}>
          It stands at revision {newest.revision}: {words(newest, environment)}
        </p>
      )}
      {older.map((entry) => (
        <label key={entry.seq} className={styles.item}>
          <input type="radio" name="revision" checked={entry.revision === chosen} onChange={() => onChoose(entry.revision)} />
          <span className={styles.revision}>{entry.revision}</span>
          <span className={styles.what}>{words(entry, environment)}</span>
          <span className={styles.when}>
            {entry.actor.name}, <Ago at={entry.at} />
          </span>
        </label>
      ))}
    </div>
  );
}

function words(entry: HistoryEntry, environment: string): string {
  const { key, what, more } = entryWords(entry, environment);
  return `${key} ${what}${more > 0 ? ` and ${count(more, 'more change')}` : ''}`;
}
