import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import styles from './column.module.css';

interface PartProps {
  /** What is spoken of; the word at the left unless there is a shorter one. */
  readonly label: string;
  readonly word?: string;
  /** Not the same in the other environments. */
  readonly differs?: boolean;
  /** It decided what *Why?* was asked. */
  readonly isDecisive?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** One part of a column: its word on the left, its sentences on the right. */
export function Part({ label, word = label, differs = false, isDecisive = false, className, children }: PartProps) {
  return (
    <div role="group" className={classNames(styles.part, isDecisive && styles.decided, className)} aria-label={label}>
      <h3
        className={classNames(styles.label, differs && styles.differs)}
        title={differs ? 'Not the same in every environment' : undefined}
      >
        {word}
      </h3>
      <div className={styles.body}>{children}</div>
    </div>
  );
}
