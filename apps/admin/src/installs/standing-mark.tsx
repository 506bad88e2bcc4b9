import type { InstallStanding } from '@taffrail/schema';
import styles from './installs.module.css';
import { standings } from './standing-words.ts';

/** How an install stands: a word, with a shape and a colour of its own. */
export function StandingMark({ standing }: { readonly standing: InstallStanding }) {
  const { name, means } = standings[standing];
  return (
    <span className={styles.standing} data-standing={standing} title={means}>
      {name}
    </span>
  );
}
