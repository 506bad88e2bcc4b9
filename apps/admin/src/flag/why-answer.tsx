import type { EnvironmentFlag } from '@taffrail/schema';
import { classNames } from '../ui/class-names.ts';
import { reasonWords, stepWords } from '../words/why-words.ts';
import type { WhyReply } from './use-why.ts';
import styles from './why-box.module.css';

interface WhyAnswerProps {
  readonly reply: WhyReply;
  readonly flag: EnvironmentFlag | undefined;
}

/** The value, the sentence, and the way to it; the step that decided is the last. */
export function WhyAnswer({ reply: { resolution, trail, context }, flag }: WhyAnswerProps) {
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

/** `org acme: plan free, seats 3`. */
function contextWords(context: Readonly<Record<string, unknown>>): string {
  return Object.entries(context)
    .map(([kind, entity]) => entityWords(kind, entity))
    .join('; ');
}

function entityWords(kind: string, entity: unknown): string {
  if (typeof entity !== 'object' || entity === null) return `${kind} ${String(entity)}`;
  const { key, ...attributes } = entity as Record<string, unknown>;
  const facts = Object.entries(attributes).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [`${kind} ${String(key)}`, facts.join(', ')].filter(Boolean).join(': ');
}
