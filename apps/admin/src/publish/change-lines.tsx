import type { ChangeLine } from '../words/change-words.ts';
import styles from './publish-bar.module.css';

/** Differences in words: what it was, struck out, then what it will be. */
export function ChangeLines({ lines }: { readonly lines: readonly ChangeLine[] }) {
  return (
    <ul className={styles.lines}>
      {lines.map(({ about, before, after }, index) => (
        <li key={`${about} ${index}`} className={styles.line}>
          <span className={styles.about}>{about}</span>
          {before !== undefined && <del className={styles.before}>{before}</del>}
          {after !== undefined && <ins className={styles.after}>{after}</ins>}
        </li>
      ))}
    </ul>
  );
}
