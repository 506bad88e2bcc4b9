import type { Condition } from '@taffrail/engine';
import { fromTopGroup, type Join, topGroup } from '../edit/conditions.ts';
import { InlineSelect } from '../ui/inline.tsx';
import { AddCondition } from './add-condition.tsx';
import styles from './condition-editor.module.css';
import { ConditionEditor } from './condition-editor.tsx';
import { usePlaceOfEdit } from './place.ts';

interface TopConditionProps {
  readonly when: Condition;
  /** What stands before the first part: `if`. */
  readonly lead: string;
  onChange(when: Condition): void;
}

const joins = [
  { value: 'all', label: 'and' },
  { value: 'any', label: 'or' },
] as const satisfies readonly { value: Join; label: string }[];

/** The condition of a rule or a segment: its parts as lines, joined by *and* or by *or*. */
export function TopCondition({ when, lead, onChange }: TopConditionProps) {
  const { disabled } = usePlaceOfEdit();
  const { join, parts } = topGroup(when);
  const change = (next: readonly Condition[], by = join) => onChange(fromTopGroup({ join: by, parts: next }));
  return (
    <div className={styles.parts}>
      {parts.length === 0 && <span className={styles.part}>{lead} anybody asks</span>}
      {parts.map((part, index) => (
        <div key={index} className={styles.part}>
          <span className={styles.join}>
            {index === 0 ? (
              lead
            ) : index === 1 ? (
              <InlineSelect
                label="How the conditions are joined"
                options={joins}
                value={join === 'any' ? 'any' : 'all'}
                disabled={disabled}
                onChange={(by) => change(parts, by)}
              />
            ) : join === 'any' ? (
              'or'
            ) : (
              'and'
            )}
          </span>
          <ConditionEditor
            condition={part}
            onChange={(next) => change(parts.with(index, next))}
            onRemove={() => change(parts.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {!disabled && (
        <AddCondition
          label={parts.length === 0 ? 'only if' : join === 'any' ? 'or' : 'and'}
          onAdd={(added) => change([...parts, added])}
        />
      )}
    </div>
  );
}
