import { useId } from 'react';
import { classNames } from './class-names.ts';
import type { Option } from './field.tsx';
import styles from './segmented.module.css';

interface OneOfProps<V extends string> {
  readonly label: string;
  readonly options: readonly Option<V>[];
  readonly value: V;
  onChange(value: NoInfer<V>): void;
}

/** One of a few, all in sight: radio buttons side by side. */
export function OneOf<V extends string>({ label, options, value, onChange }: OneOfProps<V>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={styles.group}>
      {options.map((option) => (
        <label key={option.value} className={styles.choice}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}

interface SomeOfProps<V extends string> {
  readonly label: string;
  readonly options: readonly Option<V>[];
  readonly values: readonly V[];
  onChange(values: readonly V[]): void;
}

/** Any of a few: check boxes side by side. */
export function SomeOf<V extends string>({ label, options, values, onChange }: SomeOfProps<V>) {
  const toggled = (value: V) => (values.includes(value) ? values.filter((each) => each !== value) : [...values, value]);
  return (
    <div role="group" aria-label={label} className={classNames(styles.group, styles.many)}>
      {options.map((option) => (
        <label key={option.value} className={styles.choice}>
          <input type="checkbox" checked={values.includes(option.value)} onChange={() => onChange(toggled(option.value))} />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
