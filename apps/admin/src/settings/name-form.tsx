import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import pageStyles from '../ui/page.module.css';

interface NameFormProps {
  readonly label: string;
  readonly name: string;
  readonly disabled?: boolean;
  onSave(name: string): void;
}

/** A name that can be changed; keys cannot, they stand in addresses. */
export function NameForm({ label, name, disabled = false, onSave }: NameFormProps) {
  const [text, setText] = useState(name);
  return (
    <form
      className={pageStyles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(text.trim());
      }}
    >
      <TextField label={label} value={text} disabled={disabled} maxLength={128} onChange={setText} />
      <span className={pageStyles.buttons}>
        <Button type="submit" disabled={disabled || text.trim() === '' || text.trim() === name}>
          Rename
        </Button>
      </span>
    </form>
  );
}
