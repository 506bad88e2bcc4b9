import type { Json } from '@taffrail/engine';
import { useState } from 'react';
import { same } from '../edit/same.ts';
import { readValue, valueText } from '../edit/variants.ts';
import { Button } from '../ui/button.tsx';
import { InlineText } from '../ui/inline.tsx';
import styles from './column.module.css';
import type { Editor } from './editor.ts';
import { Part } from './part.tsx';

interface VariantsPartProps {
  readonly editor: Editor;
  readonly differs: boolean;
  readonly others: readonly Editor[];
}

/** The values that the flag can have. */
export function VariantsPart({ editor, differs, others }: VariantsPartProps) {
  const { flag, type, disabled, edit } = editor;
  const { variants } = flag;
  const names = Object.keys(variants);
  const elsewhere = others.filter((other) => !other.disabled && !same(other.flag.variants, variants));
  if (type === 'boolean' && names.length === 2 && !differs) return null;
  function rename(from: string, to: string): boolean {
    if (to === '' || (to !== from && to in variants)) return false;
    edit({ variants: Object.fromEntries(Object.entries(variants).map(([name, value]) => [name === from ? to : name, value])) });
    return true;
  }
  return (
    <Part label="Values" differs={differs}>
      {names.map((name) => (
        <div key={name} className={styles.variant}>
          <InlineText label="Name of the variant" value={name} disabled={disabled} onCommit={(next) => rename(name, next)} />
          <ValueField key={valueText(variants[name] ?? null, type)} editor={editor} name={name} value={variants[name] ?? null} />
          {!disabled && names.length > 1 && (
            <Button
              small
              tone="plain"
              icon="close"
              className={styles.more}
              aria-label={`Remove the variant ${name}`}
              onClick={() => edit({ variants: without(variants, name) })}
            />
          )}
        </div>
      ))}
      {!disabled && (
        <span className={styles.line}>
          <Button
            small
            tone="plain"
            icon="plus"
            onClick={() => edit({ variants: { ...variants, [freeName(names)]: firstValues[type] } })}
          >
            value
          </Button>
          {elsewhere.length > 0 && (
            <Button small tone="plain" onClick={() => elsewhere.forEach((other) => other.edit({ variants }))}>
              Use these in every environment
            </Button>
          )}
        </span>
      )}
    </Part>
  );
}

const firstValues: Record<Editor['type'], Json> = { boolean: false, string: '', number: 0, json: {} };

/** A value that cannot be read yet is kept in the field and goes nowhere. */
function ValueField({ editor, name, value }: { readonly editor: Editor; readonly name: string; readonly value: Json }) {
  const { flag, type, disabled, edit } = editor;
  const [text, setText] = useState(() => valueText(value, type));
  const reading = readValue(text, type);
  const mistake = 'mistake' in reading ? reading.mistake : undefined;
  function leave() {
    if ('value' in reading && !same(reading.value, value)) edit({ variants: { ...flag.variants, [name]: reading.value } });
  }
  const field = {
    'aria-label': `Value of ${name}`,
    'aria-invalid': mistake ? true : undefined,
    className: styles.value,
    value: text,
    disabled,
    spellCheck: false,
    onChange: (event: { target: { value: string } }) => setText(event.target.value),
    onBlur: leave,
  };
  return (
    <>
      {type === 'json' ? <textarea {...field} rows={Math.min(12, text.split('\n').length)} /> : <input {...field} />}
      {mistake && (
        <span className={styles.mistake} role="alert">
          {mistake}
        </span>
      )}
    </>
  );
}

function without(variants: Readonly<Record<string, Json>>, gone: string): Record<string, Json> {
  return Object.fromEntries(Object.entries(variants).filter(([name]) => name !== gone));
}

function freeName(names: readonly string[]): string {
  let number = names.length + 1;
  while (names.includes(`value ${number}`)) number += 1;
  return `value ${number}`;
}
