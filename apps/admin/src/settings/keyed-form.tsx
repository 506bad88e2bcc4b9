import { type ReactNode, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import pageStyles from '../ui/page.module.css';
import { slugOf } from './slug.ts';

interface KeyedFormProps {
  readonly verb: string;
  readonly namePlaceholder: string;
  readonly keyHint: string;
  readonly mistake?: string | undefined;
  readonly busy?: boolean;
  readonly children?: ReactNode;
  onCreate(made: { readonly key: string; readonly name: string }): void;
}

/** A name, and the key that is made of it until one writes another. */
export function KeyedForm({ verb, namePlaceholder, keyHint, mistake, busy = false, children, onCreate }: KeyedFormProps) {
  const [name, setName] = useState('');
  const [written, setWritten] = useState<string>();
  const key = written ?? slugOf(name);
  return (
    <form
      className={pageStyles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onCreate({ key, name: name.trim() });
      }}
    >
      <TextField label="Name" placeholder={namePlaceholder} value={name} maxLength={128} onChange={setName} />
      <TextField
        mono
        label="Key"
        hint={keyHint}
        value={key}
        error={mistake}
        maxLength={63}
        onChange={(next) => setWritten(next || undefined)}
      />
      {children}
      <span className={pageStyles.buttons}>
        <Button type="submit" tone="primary" busy={busy} disabled={name.trim() === '' || key === ''}>
          {verb}
        </Button>
      </span>
    </form>
  );
}
