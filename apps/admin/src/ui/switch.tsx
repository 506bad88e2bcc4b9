import type { ReactNode } from 'react';
import styles from './switch.module.css';

interface SwitchProps {
  readonly label: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly children?: ReactNode;
  onChange(on: boolean): void;
}

export function Switch({ label, on, disabled = false, children, onChange }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      className={styles.switch}
      aria-checked={on}
      aria-label={label}
      disabled={disabled}
      onClick={() => onChange(!on)}
    >
      <span className={styles.track}>
        <span className={styles.thumb} />
      </span>
      {children}
    </button>
  );
}
