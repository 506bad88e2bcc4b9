import styles from './reason-input.module.css';

interface ReasonInputProps {
  readonly reason: string;
  readonly placeholder?: string;
  onChange(reason: string): void;
  onEscape?(): void;
}

/** Why something is done, said in a line beside the button that does it. */
export function ReasonInput({ reason, placeholder = 'Reason (optional)', onChange, onEscape }: ReasonInputProps) {
  return (
    <input
      className={styles.reason}
      aria-label="Reason, for the history"
      placeholder={placeholder}
      maxLength={500}
      value={reason}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={({ key }) => key === 'Escape' && onEscape?.()}
    />
  );
}
