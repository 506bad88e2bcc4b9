import type { Arm, Serve } from '@taffrail/engine';
import { useKnownShape } from '../contexts/known-shape.ts';
import { parseBucketing } from '../edit/bucketing.ts';
import { percentOf, restPercent, type Split, withArm, withoutArm, withPercent } from '../edit/percentages.ts';
import { Button } from '../ui/button.tsx';
import { InlinePercent, InlineSelect, InlineText } from '../ui/inline.tsx';
import { bucketingWords } from '../words/condition-words.ts';
import { percentWords } from '../words/numbers.ts';
import { serveWords } from '../words/serve-words.ts';
import styles from './column.module.css';
import type { Editor } from './editor.ts';

interface SplitEditorProps {
  readonly editor: Editor;
  readonly split: Split;
  readonly published: Serve;
  onChange(serve: Serve): void;
}

/** `10 %` of `org` → `on`, the rest → `off`. Each number is edited where it stands; the rest gives or takes. */
export function SplitEditor({ editor, split, published, onChange }: SplitEditorProps) {
  const { scope, environment, flag, disabled } = editor;
  const { attributes } = useKnownShape(scope, environment.key);
  const names = Object.keys(flag.variants);
  const unused = names.find(
    (name) => ![...split.arms.map(({ serve }) => serve), split.rest].some((serve) => serve && servesName(serve, name)),
  );
  function countBy(text: string): boolean {
    const by = parseBucketing(text, split.split);
    if (by) onChange({ ...split, split: by });
    return by !== undefined;
  }
  const rest = percentWords(restPercent(split));
  return (
    <div className={styles.arms}>
      {split.arms.map((arm, at) => (
        <span key={at} className={styles.line}>
          <InlinePercent
            label={`Percentage that gets ${serveWords(arm.serve)}`}
            percent={percentOf(arm)}
            disabled={disabled}
            onChange={(percent) => onChange(withPercent(published, split, at, percent))}
          />
          {at === 0 && (
            <>
              of
              <InlineText
                label="Percentage of"
                value={bucketingWords(split.split)}
                suggestions={attributes}
                disabled={disabled}
                onCommit={countBy}
              />
            </>
          )}
          <VariantSelect
            label={`Variant of share ${at + 1}`}
            serve={arm.serve}
            names={names}
            disabled={disabled}
            onChange={(serve) => onChange(withServe(split, at, serve))}
          />
          {!disabled && split.arms.length > 1 && (
            <Button
              small
              tone="plain"
              icon="close"
              className={styles.more}
              aria-label={`Remove the share of ${serveWords(arm.serve)}`}
              onClick={() => onChange(withoutArm(split, at))}
            />
          )}
        </span>
      ))}
      <span className={styles.line}>
        <span className={styles.dim}>the other {rest}</span>
        <VariantSelect
          label="Variant of the rest"
          serve={split.rest ?? { codeDefault: true }}
          names={names}
          disabled={disabled}
          onChange={(serve) => onChange({ ...split, rest: serve })}
        />
        {!disabled && unused !== undefined && (
          <Button small tone="plain" icon="plus" onClick={() => onChange(withArm(split, { variant: unused }))}>
            share
          </Button>
        )}
      </span>
    </div>
  );
}

interface VariantSelectProps {
  readonly label: string;
  readonly serve: Serve;
  readonly names: readonly string[];
  readonly disabled: boolean;
  onChange(serve: Serve): void;
}

const codeDefault = '\0code default';

/** A variant or the code default; what was imported deeper than that is shown, and kept. */
function VariantSelect({ label, serve, names, disabled, onChange }: VariantSelectProps) {
  if (!('variant' in serve) && !('codeDefault' in serve)) return <span>{serveWords(serve)}</span>;
  const options = [...names.map((name) => ({ value: name, label: name })), { value: codeDefault, label: 'the code default' }];
  const value = 'variant' in serve ? serve.variant : codeDefault;
  return (
    <>
      <span className={styles.arrow} aria-hidden="true">
        →
      </span>
      <InlineSelect
        strong
        label={label}
        options={options}
        value={value}
        disabled={disabled}
        onChange={(choice) => onChange(choice === codeDefault ? { codeDefault: true } : { variant: choice })}
      />
    </>
  );
}

function withServe(split: Split, at: number, serve: Serve): Split {
  const arm = split.arms[at];
  return arm ? { ...split, arms: split.arms.with(at, { ...arm, serve } satisfies Arm) } : split;
}

function servesName(serve: Serve, name: string): boolean {
  return 'variant' in serve && serve.variant === name;
}
