import type { FormEvent, ReactNode } from 'react';
import { Icon } from '../ui/icon.tsx';
import styles from './entrance.module.css';

interface EntranceProps {
  readonly title: string;
  readonly words?: ReactNode;
  readonly error?: string | undefined;
  readonly children?: ReactNode;
  onSubmit?(): void;
}

/** The page outside: one card, one form. */
export function Entrance({ title, words, error, children, onSubmit }: EntranceProps) {
  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit?.();
  }
  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={submit} noValidate>
        <div className={styles.brand}>
          <Icon name="flag" size={20} />
          <span>Taffrail</span>
        </div>
        <h1>{title}</h1>
        {words && <p className={styles.words}>{words}</p>}
        {children}
        {error && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
      </form>
    </main>
  );
}
