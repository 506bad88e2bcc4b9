import { Field } from './field.tsx';

interface TextAreaFieldProps {
  readonly label: string;
  readonly value: string;
  onChange(value: string): void;
}

const mostCharacters = 2_000;

export function TextAreaField({ label, value, onChange }: TextAreaFieldProps) {
  return (
    <Field label={label}>
      {(wiring) => (
        <textarea
          {...wiring}
          rows={3}
          maxLength={mostCharacters}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
