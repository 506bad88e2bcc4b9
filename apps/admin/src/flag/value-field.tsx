import type { Json } from '@taffrail/engine';
import { type ChangeEvent, useState } from 'react';
import { same } from '../edit/same.ts';
import { readValue, valueText } from '../edit/variants.ts';
import styles from './column.module.css';
import type { Editor } from './editor.ts';

interface ValueFieldProps {
  readonly editor: Editor;
  readonly name: string;
  readonly value: Json;
}

const mostRows = 12;

/** The value of one variant. What cannot be read yet stays in the field and goes nowhere. */
export function ValueField({ editor: { flag, type, disabled, edit }, name, value }: ValueFieldProps) {
  const [text, setText] = useState(() => valueText(value, type));
  const reading = readValue(text, type);
  const mistake = 'mistake' in reading ? reading.mistake : undefined;
  const field = {
    'aria-label': `Value of ${name}`,
    'aria-invalid': mistake ? true : undefined,
    className: styles.value,
    value: text,
    disabled,
    spellCheck: false,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => setText(event.target.value),
    onBlur() {
      if ('value' in reading && !same(reading.value, value)) edit({ variants: { ...flag.variants, [name]: reading.value } });
    },
  };
  return (
    <>
      {type === 'json' ? <textarea {...field} rows={Math.min(mostRows, text.split('\n').length)} /> : <input {...field} />}
      {mistake && (
        <span className={styles.mistake} role="alert">
          {mistake}
        </span>
      )}
    </>
  );
}
