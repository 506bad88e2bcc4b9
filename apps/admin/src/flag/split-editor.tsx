import type { Arm, Serve } from '@taffrail/engine';
import { useKnownShape } from '../contexts/known-shape.ts';
import { parseBucketing } from '../edit/bucketing.ts';
import { percentOf, restPercent, type Split, withArm, withoutArm, withPercent } from '../edit/percentages.ts';
import { Button } from '../ui/button.tsx';
import { InlinePercent, InlineText } from '../ui/inline.tsx';
import { bucketingWords } from '../words/condition-words.ts';
import { percentWords } from '../words/numbers.ts';
import { serveWords } from '../words/serve-words.ts';
import styles from './column.module.css';
import type { Editor } from './editor.ts';
import { VariantSelect } from './variant-select.tsx';

interface SplitEditorProps {
  readonly editor: Editor;
  readonly split: Split;
  readonly published: Serve;
  onChange(serve: Serve): void;
}

/** `10 %` of `org` → `on`, the rest → `off`. Each number is edited where it stands; the rest gives or takes. */
export function SplitEditor(props: SplitEditorProps) {
  const { split } = props;
  return (
    <div className={styles.arms}>
      {split.arms.map((arm, at) => (
        <ArmLine key={at} {...props} arm={arm} at={at} />
      ))}
      <RestLine {...props} />
    </div>
  );
}

function ArmLine({ editor, split, published, arm, at, onChange }: SplitEditorProps & { readonly arm: Arm; readonly at: number }) {
  const { flag, disabled } = editor;
  const served = serveWords(arm.serve);
  return (
    <span className={styles.line}>
      <InlinePercent
        label={`Percentage that gets ${served}`}
        percent={percentOf(arm)}
        disabled={disabled}
        onChange={(percent) => onChange(withPercent(published, split, at, percent))}
      />
      {at === 0 && <CountedBy editor={editor} split={split} onChange={onChange} />}
      <VariantSelect
        label={`Variant of share ${at + 1}`}
        serve={arm.serve}
        variants={flag.variants}
        disabled={disabled}
        onChange={(serve) => onChange({ ...split, arms: split.arms.with(at, { ...arm, serve }) })}
      />
      {!disabled && split.arms.length > 1 && (
        <Button
          small
          tone="plain"
          icon="close"
          className={styles.more}
          aria-label={`Remove the share of ${served}`}
          onClick={() => onChange(withoutArm(split, at))}
        />
      )}
    </span>
  );
}

/** What one counts: orgs, users, or whoever shares an attribute. */
function CountedBy({ editor: { scope, environment, disabled }, split, onChange }: Omit<SplitEditorProps, 'published'>) {
  const { attributes } = useKnownShape(scope, environment.key);
  function countBy(text: string): boolean {
    const by = parseBucketing(text, split.split);
    if (by) onChange({ ...split, split: by });
    return by !== undefined;
  }
  return (
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
  );
}

function RestLine({ editor: { flag, disabled }, split, onChange }: SplitEditorProps) {
  const served = [...split.arms.map(({ serve }) => serve), split.rest];
  const unused = Object.keys(flag.variants).find(
    (name) => !served.some((serve) => serve && 'variant' in serve && serve.variant === name),
  );
  return (
    <span className={styles.line}>
      <span className={styles.dim}>the other {percentWords(restPercent(split))}</span>
      <VariantSelect
        label="Variant of the rest"
        serve={split.rest ?? { codeDefault: true }}
        variants={flag.variants}
        disabled={disabled}
        onChange={(serve) => onChange({ ...split, rest: serve })}
      />
      {!disabled && unused !== undefined && (
        <Button small tone="plain" icon="plus" onClick={() => onChange(withArm(split, { variant: unused }))}>
          share
        </Button>
      )}
    </span>
  );
}
