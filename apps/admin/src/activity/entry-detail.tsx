import type { HistoryEntry } from '@taffrail/schema';
import { momentWords } from '../words/time.ts';
import styles from './activity.module.css';
import { ChangeDetail } from './change-detail.tsx';

/** Everything that one commit did, and its place in the chain. */
export function EntryDetail({ entry }: { readonly entry: HistoryEntry }) {
  const { at, changes, command, digest, reason, revision, undoes } = entry;
  return (
    <div className={styles.detail}>
      {reason && <p>“{reason}”</p>}
      {changes.map((change, index) => (
        <ChangeDetail key={index} change={change} />
      ))}
      <p className={styles.meta}>
        revision {revision} · {momentWords(at)} · {command}
        {undoes !== undefined && ` · undoes revision ${undoes}`} · digest {digest.slice(0, 12)}
      </p>
    </div>
  );
}
