import { useId } from 'react';
import styles from './back-outs.module.css';
import { severities, type Severity } from './severity-words.ts';

interface SeverityFieldProps {
  readonly severity: Severity;
  onChange(severity: Severity): void;
}

/** How hard it is, each with what a site makes of it. */
export function SeverityField({ severity, onChange }: SeverityFieldProps) {
  const name = useId();
  return (
    <fieldset className={styles.severities}>
      <legend>How hard</legend>
      {severities.map(({ value, label, about }) => (
        <label key={value} className={styles.severity}>
          <input type="radio" name={name} checked={value === severity} onChange={() => onChange(value)} />
          <span>
            <b>{label}</b> {about}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
