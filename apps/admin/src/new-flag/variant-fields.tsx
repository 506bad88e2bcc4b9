import { TextField } from '../ui/field.tsx';
import type { NewFlagForm } from './form.ts';
import styles from './new-flag-sheet.module.css';

interface VariantFieldsProps {
  readonly form: NewFlagForm;
  readonly mistakes: Readonly<Record<string, string>>;
  onChange(form: NewFlagForm): void;
}

/** The two values that a flag begins with; more are added on its page. */
export function VariantFields({ form, mistakes, onChange }: VariantFieldsProps) {
  return (
    <div className={styles.row}>
      {form.variants.map(({ name, text }, index) => (
        <TextField
          key={name}
          mono
          label={index === 0 ? `Value while on (${name})` : `Value while off (${name})`}
          value={text}
          error={mistakes[`variant ${name}`]}
          onChange={(value) => onChange({ ...form, variants: form.variants.with(index, { name, text: value }) })}
        />
      ))}
    </div>
  );
}
