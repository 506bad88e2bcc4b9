import type { EnvironmentFlag } from '@taffrail/schema';
import { FlagWithVariants } from '../conditions/flag-condition-editor.tsx';
import { Button } from '../ui/button.tsx';
import { InlineSelect } from '../ui/inline.tsx';
import { prerequisiteWords } from '../words/flag-words.ts';
import styles from './column.module.css';
import type { Editor } from './editor.ts';
import { Part } from './part.tsx';

interface NeedsPartProps {
  readonly editor: Editor;
  readonly differs: boolean;
  /** The flag of the prerequisite that was not met. */
  readonly decidedFlag: string | undefined;
}

type Prerequisite = EnvironmentFlag['prerequisites'][number];

/** Flags that have to serve something before this one is asked at all. */
export function NeedsPart({ editor, differs, decidedFlag }: NeedsPartProps) {
  const { flag, edit } = editor;
  const { prerequisites } = flag;
  if (prerequisites.length === 0 && !differs) return null;
  return (
    <Part label="Needs" differs={differs} isDecisive={decidedFlag !== undefined}>
      {prerequisites.length === 0 && <span className={styles.dim}>nothing here</span>}
      {prerequisites.map((prerequisite, at) => (
        <NeedLine
          key={at}
          prerequisite={prerequisite}
          disabled={editor.disabled}
          onChange={(next) => edit({ prerequisites: prerequisites.with(at, next) })}
          onRemove={() => edit({ prerequisites: prerequisites.filter((_, index) => index !== at) })}
        />
      ))}
    </Part>
  );
}

interface NeedLineProps {
  readonly prerequisite: Prerequisite;
  readonly disabled: boolean;
  onChange(prerequisite: Prerequisite): void;
  onRemove(): void;
}

const outcomes = [
  { value: 'off', label: 'else off' },
  { value: 'codeDefault', label: 'else the code default' },
] as const;

/** `new-api` serves `on`, `else off`. */
function NeedLine({ prerequisite, disabled, onChange, onRemove }: NeedLineProps) {
  const { flag, variants, unmet = 'off' } = prerequisite;
  return (
    <span className={styles.line} role="group" aria-label={prerequisiteWords(prerequisite)}>
      <FlagWithVariants
        flag={flag}
        variants={variants}
        between={<span>serves</span>}
        onChange={(next) => onChange({ ...prerequisite, flag: next.flag, variants: [...next.variants] })}
      />
      <InlineSelect
        label="Where it does not"
        options={outcomes}
        value={unmet}
        disabled={disabled}
        onChange={(next) => onChange({ ...prerequisite, unmet: next })}
      />
      {!disabled && (
        <Button
          small
          tone="plain"
          icon="close"
          className={styles.more}
          aria-label={`Remove the prerequisite ${flag}`}
          onClick={onRemove}
        />
      )}
    </span>
  );
}
