import type { Standing } from '../api/queries.ts';
import { classNames } from '../ui/class-names.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './features.module.css';
import { stageAbout, stageName } from './stage-words.ts';

/** What the next stage means, and each gate before it: open, or why not. */
export function Gates({ standing: { next, gates } }: { readonly standing: Standing }) {
  if (!next) return null;
  const ofNext = gates.filter(({ stage }) => stage === next);
  return (
    <div className={styles.fact}>
      <h3>Next: {stageName(next)}</h3>
      <p>{stageAbout[next]}</p>
      <ul aria-label={`Gates of ${stageName(next)}`}>
        {ofNext.map(({ name, open, sentence }) => (
          <li key={name} className={classNames(styles.gate, open ? styles.open : styles.closed)}>
            <Icon name={open ? 'check' : 'lock'} size={12} />
            <span>{open ? name : sentence}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
