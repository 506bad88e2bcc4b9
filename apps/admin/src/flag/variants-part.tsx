import type { Json } from '@taffrail/engine';
import { same } from '../edit/same.ts';
import { freeVariantName, renamed, valueText } from '../edit/variants.ts';
import { Button } from '../ui/button.tsx';
import { InlineText } from '../ui/inline.tsx';
import styles from './column.module.css';
import type { Editor } from './editor.ts';
import { Part } from './part.tsx';
import { ValueField } from './value-field.tsx';

interface VariantsPartProps {
  readonly editor: Editor;
  readonly differs: boolean;
  readonly others: readonly Editor[];
}

/** The values that the flag can have. Those of a plain switch go without saying. */
export function VariantsPart({ editor, differs, others }: VariantsPartProps) {
  const { flag, type, disabled } = editor;
  const names = Object.keys(flag.variants);
  if (type === 'boolean' && names.length === 2 && !differs) return null;
  return (
    <Part label="Values" differs={differs}>
      {names.map((name) => (
        <VariantLine key={name} editor={editor} name={name} value={flag.variants[name] ?? null} isOnly={names.length === 1} />
      ))}
      {!disabled && <VariantActs editor={editor} others={others} />}
    </Part>
  );
}

interface VariantLineProps {
  readonly editor: Editor;
  readonly name: string;
  readonly value: Json;
  readonly isOnly: boolean;
}

function VariantLine({ editor, name, value, isOnly }: VariantLineProps) {
  const { flag, type, disabled, edit } = editor;
  const { [name]: _, ...others } = flag.variants;
  function rename(to: string): boolean {
    const variants = renamed(flag.variants, name, to);
    if (variants) edit({ variants });
    return variants !== undefined;
  }
  return (
    <div className={styles.variant}>
      <InlineText label="Name of the variant" value={name} disabled={disabled} onCommit={rename} />
      <ValueField key={valueText(value, type)} editor={editor} name={name} value={value} />
      {!disabled && !isOnly && (
        <Button
          small
          tone="plain"
          icon="close"
          className={styles.more}
          aria-label={`Remove the variant ${name}`}
          onClick={() => edit({ variants: others })}
        />
      )}
    </div>
  );
}

const firstValues: Record<Editor['type'], Json> = { boolean: false, string: '', number: 0, json: {} };

function VariantActs({ editor, others }: Pick<VariantsPartProps, 'editor' | 'others'>) {
  const { flag, type, edit } = editor;
  const { variants } = flag;
  const elsewhere = others.filter((other) => !other.disabled && !same(other.flag.variants, variants));
  return (
    <span className={styles.line}>
      <Button
        small
        tone="plain"
        icon="plus"
        onClick={() => edit({ variants: { ...variants, [freeVariantName(variants)]: firstValues[type] } })}
      >
        value
      </Button>
      {elsewhere.length > 0 && (
        <Button small tone="plain" onClick={() => elsewhere.forEach((other) => other.edit({ variants }))}>
          Use these in every environment
        </Button>
      )}
    </span>
  );
}
