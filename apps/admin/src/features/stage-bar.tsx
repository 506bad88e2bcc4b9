import { type FeatureState, stages } from '@taffrail/schema';
import { classNames } from '../ui/class-names.ts';
import { pageWords } from './gate-words.ts';
import { standingWords, stepOf } from './stage-words.ts';
import styles from './features.module.css';

interface StageBarProps {
  readonly standing: { readonly stage: FeatureState; readonly percent?: number };
  /** Why the next stage is closed. */
  readonly closed?: string | undefined;
  /** Somebody edited its flags by hand. */
  readonly differs: boolean;
}

/** A feature in one environment at a glance: its stage in words, and how far along the line that is. */
export function StageBar({ standing, closed, differs }: StageBarProps) {
  const step = stepOf(standing.stage);
  const isOut = step === undefined;
  return (
    <span className={styles.cell} title={closed && `Next stage closed: ${pageWords(closed)}`}>
      <span className={classNames(styles.stage, isOut && styles.out, step === 0 && styles.dark)}>
        {standingWords(standing)}
        {differs && <span className={styles.differs}> edited</span>}
      </span>
      <span className={styles.bar} aria-hidden="true">
        {stages.slice(1).map((stage, at) => (
          <i key={stage} className={classNames(!isOut && at < step && styles.done)} />
        ))}
      </span>
    </span>
  );
}
