import { FlagWithVariants } from '../conditions/flag-condition-editor.tsx';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { InlineSelect } from '../ui/inline.tsx';
import type { EnvironmentFlag } from '@taffrail/schema';
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

const outcomes = [
  { value: 'off', label: 'else off' },
  { value: 'codeDefault', label: 'else the code default' },
] as const;

/** Flags that have to serve something before this one is asked at all. */
export function NeedsPart({ editor, differs, decidedFlag }: NeedsPartProps) {
  const { flag, disabled, edit } = editor;
  const { prerequisites } = flag;
  if (prerequisites.length === 0 && !differs) return null;
  const replace = (at: number, next: EnvironmentFlag['prerequisites'][number]) =>
    edit({ prerequisites: prerequisites.with(at, next) });
  return (
    <Part label="Needs" differs={differs}>
      {prerequisites.length === 0 && <span className={styles.dim}>nothing here</span>}
      {prerequisites.map((prerequisite, at) => (
        <span
          key={at}
          className={classNames(styles.line, prerequisite.flag === decidedFlag && styles.decided)}
          role="group"
          aria-label={prerequisiteWords(prerequisite)}
        >
          <FlagWithVariants
            flag={prerequisite.flag}
            variants={prerequisite.variants}
            between={<span>serves</span>}
            onChange={({ flag: asked, variants }) => replace(at, { ...prerequisite, flag: asked, variants: [...variants] })}
          />
          <InlineSelect
            label="Where it does not"
            options={outcomes}
            value={prerequisite.unmet ?? 'off'}
            disabled={disabled}
            onChange={(unmet) => replace(at, { ...prerequisite, unmet })}
          />
          {!disabled && (
            <Button
              small
              tone="plain"
              icon="close"
              className={styles.more}
              aria-label={`Remove the prerequisite ${prerequisite.flag}`}
              onClick={() => edit({ prerequisites: prerequisites.filter((_, index) => index !== at) })}
            />
          )}
        </span>
      ))}
    </Part>
  );
}
