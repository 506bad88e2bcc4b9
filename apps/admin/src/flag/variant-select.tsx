import type { Json, Serve } from '@taffrail/engine';
import { InlineSelect } from '../ui/inline.tsx';
import { serveWords } from '../words/serve-words.ts';
import styles from './column.module.css';

interface VariantSelectProps {
  readonly label: string;
  readonly serve: Serve;
  readonly variants: Readonly<Record<string, Json>>;
  readonly disabled: boolean;
  onChange(serve: Serve): void;
}

const codeDefault = '\0code default';

/** `→ on`: a variant or the code default; what was imported deeper than that is shown, and kept. */
export function VariantSelect({ label, serve, variants, disabled, onChange }: VariantSelectProps) {
  if (!('variant' in serve) && !('codeDefault' in serve)) return <span>{serveWords(serve)}</span>;
  const names = Object.keys(variants).map((name) => ({ value: name, label: name }));
  return (
    <>
      <span className={styles.arrow} aria-hidden="true">
        →
      </span>
      <InlineSelect
        strong
        label={label}
        options={[...names, { value: codeDefault, label: 'the code default' }]}
        value={'variant' in serve ? serve.variant : codeDefault}
        disabled={disabled}
        onChange={(choice) => onChange(choice === codeDefault ? { codeDefault: true } : { variant: choice })}
      />
    </>
  );
}
