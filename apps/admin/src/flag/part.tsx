import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import styles from './column.module.css';

interface PartProps {
  readonly label: string;
  /** Not the same in the other environments. */
  readonly differs?: boolean;
  readonly children: ReactNode;
}

/** One part of a column: its word on the left, its sentences on the right. */
export function Part({ label, differs = false, children }: PartProps) {
  return (
    <section className={styles.part} aria-label={label}>
      <h3
        className={classNames(styles.label, differs && styles.differs)}
        title={differs ? 'Not the same in every environment' : undefined}
      >
        {label}
      </h3>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
