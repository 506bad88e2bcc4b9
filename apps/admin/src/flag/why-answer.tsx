import type { Resolution, TrailStep } from '@taffrail/engine';
import type { EnvironmentFlag } from '@taffrail/schema';
import { classNames } from '../ui/class-names.ts';
import { reasonWords, stepWords } from '../words/why-words.ts';
import styles from './why-box.module.css';

interface WhyAnswerProps {
  readonly resolution: Resolution<unknown>;
  readonly trail: readonly TrailStep[];
  /** What was asked, with the attributes that the server knew. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly flag: EnvironmentFlag | undefined;
}

/** The value, the sentence, and the way to it; the step that decided is the last. */
export function WhyAnswer({ resolution, trail, context, flag }: WhyAnswerProps) {
  const { value, variant } = resolution;
  return (
    <div className={styles.answer} role="status" aria-label="Answer">
      <p className={styles.value}>{variant === undefined ? 'the code default' : JSON.stringify(value)}</p>
      {variant !== undefined && String(value) !== variant && <p className={styles.reason}>variant {variant}</p>}
      <p className={styles.reason}>{reasonWords(resolution, flag)}</p>
      <ol className={styles.trail} aria-label="Steps">
        {trail.map((step, index) => {
          const { mark, words } = stepWords(step, flag);
          return (
            <li key={index} className={classNames(styles.step, index === trail.length - 1 && styles.last)}>
              <span className={styles.mark}>{mark}</span>
              <span>{words}</span>
            </li>
          );
        })}
      </ol>
      <p className={styles.facts}>{contextWords(context)}</p>
    </div>
  );
}

function contextWords(context: Readonly<Record<string, unknown>>): string {
  return Object.entries(context)
    .map(([kind, entity]) => `${kind} ${typeof entity === 'string' ? entity : JSON.stringify(entity)}`)
    .join(', ');
}
