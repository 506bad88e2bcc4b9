import { Button } from './button.tsx';

interface SubmitRowProps {
  readonly verb: string;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  onCancel(): void;
}

/** The buttons of a dialog: what it does stands last. */
export function SubmitRow({ verb, busy = false, disabled = false, onCancel }: SubmitRowProps) {
  return (
    <>
      <Button tone="plain" onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" tone="primary" busy={busy} disabled={disabled}>
        {verb}
      </Button>
    </>
  );
}
