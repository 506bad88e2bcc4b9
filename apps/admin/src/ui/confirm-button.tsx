import { useState } from 'react';
import { Button } from './button.tsx';

interface ConfirmButtonProps {
  readonly label: string;
  /** What is said in the second step, such as "Revoke it? Its streams end." */
  readonly question: string;
  readonly verb: string;
  onConfirm(): void;
}

/** For what has no undo: the first click asks in place, the second does. */
export function ConfirmButton({ label, question, verb, onConfirm }: ConfirmButtonProps) {
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <Button small tone="stop" aria-label={label} onClick={() => setAsking(true)}>
        {verb}
      </Button>
    );
  }
  return (
    <span
      role="group"
      aria-label={question}
      style={{ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: 8, justifyContent: 'flex-end' }}
    >
      <span>{question}</span>
      <Button small tone="plain" onClick={() => setAsking(false)}>
        Cancel
      </Button>
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the focus was on the button that this one replaces */}
      <Button small tone="stop" autoFocus onClick={onConfirm}>
        {verb}
      </Button>
    </span>
  );
}
