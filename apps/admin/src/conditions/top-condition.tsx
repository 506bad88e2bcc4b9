import type { Condition } from '@taffrail/engine';
import type { ReactNode } from 'react';
import { fromTopGroup, type Join, topGroup } from '../edit/conditions.ts';
import { InlineSelect } from '../ui/inline.tsx';
import { AddCondition } from './add-condition.tsx';
import styles from './condition-editor.module.css';
import { ConditionEditor } from './condition-editor.tsx';
import { usePlaceOfEdit } from './place.ts';

interface TopConditionProps {
  readonly when: Condition;
  /** Stands under the parts, before the way to add one. */
  readonly children?: ReactNode;
  onChange(when: Condition): void;
}

const joins = [
  { value: 'all', label: 'and' },
  { value: 'any', label: 'or' },
] as const satisfies readonly { value: Join; label: string }[];

/** The condition of a rule or a segment: its parts as lines, joined by *and* or by *or*. */
export function TopCondition({ when, children, onChange }: TopConditionProps) {
  const { disabled } = usePlaceOfEdit();
  const { join, parts } = topGroup(when);
  const word = join === 'any' ? 'or' : 'and';
  const change = (next: readonly Condition[], by = join) => onChange(fromTopGroup({ join: by, parts: next }));
  const chooseJoin = (
    <InlineSelect
      label="How the conditions are joined"
      options={joins}
      value={join === 'any' ? 'any' : 'all'}
      disabled={disabled}
      onChange={(by) => change(parts, by)}
    />
  );
  return (
    <div className={styles.parts}>
      {parts.length === 0 && <span>anybody asks</span>}
      {parts.map((part, index) => (
        <div key={index} className={styles.part}>
          {index > 0 && <span className={styles.join}>{index === 1 ? chooseJoin : word}</span>}
          <ConditionEditor
            condition={part}
            onChange={(next) => change(parts.with(index, next))}
            onRemove={() => change(parts.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <div className={styles.foot}>
        {children}
        {!disabled && <AddCondition label={parts.length === 0 ? 'only if' : word} onAdd={(added) => change([...parts, added])} />}
      </div>
    </div>
  );
}
