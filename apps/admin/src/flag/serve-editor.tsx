import { rollout, type Serve } from '@taffrail/engine';
import type { Editor } from './editor.ts';
import { isSplit } from '../edit/percentages.ts';
import { offVariant } from '../edit/variants.ts';
import { InlineSelect } from '../ui/inline.tsx';
import { serveWords } from '../words/serve-words.ts';
import styles from './column.module.css';
import { SplitEditor } from './split-editor.tsx';

interface ServeEditorProps {
  readonly editor: Editor;
  /** What is served. */
  readonly label: string;
  readonly serve: Serve;
  /** The same serve as it is published, if it is: percentages grow from there. */
  readonly published: Serve | undefined;
  onChange(serve: Serve): void;
}

const codeDefault = '\0code default';
const percentages = '\0percentages';

/** What is served: a variant, percentages, or what the code says. */
export function ServeEditor({ editor, label, serve, published, onChange }: ServeEditorProps) {
  const { flag, disabled } = editor;
  if (isSplit(serve)) return <SplitEditor editor={editor} split={serve} published={published ?? serve} onChange={onChange} />;
  if ('switch' in serve) return <span>{serveWords(serve)}</span>;
  const names = Object.keys(flag.variants);
  const options = [
    ...names.map((name) => ({ value: name, label: name })),
    { value: percentages, label: 'a percentage…' },
    { value: codeDefault, label: 'the code default' },
  ];
  function choose(choice: string) {
    if (choice === codeDefault) return onChange({ codeDefault: true });
    if (choice !== percentages) return onChange({ variant: choice });
    const off = offVariant(flag);
    const given = 'variant' in serve && serve.variant !== off ? serve : { variant: names.find((name) => name !== off) ?? '' };
    onChange(rollout({ kind: 'org' }, 0, given, off === undefined ? { codeDefault: true } : { variant: off }));
  }
  return (
    <span className={styles.serve}>
      <InlineSelect
        strong
        label={label}
        options={options}
        value={'variant' in serve ? serve.variant : codeDefault}
        disabled={disabled}
        onChange={choose}
      />
    </span>
  );
}
