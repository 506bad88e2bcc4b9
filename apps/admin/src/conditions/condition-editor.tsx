import type { Condition } from '@taffrail/engine';
import { asGroup, asLeaf, fromGroup, fromLeaf, type Group, type Join, joinWords, type Leaf } from '../edit/conditions.ts';
import { InlineSelect } from '../ui/inline.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { AddCondition } from './add-condition.tsx';
import { BucketEditor } from './bucket-editor.tsx';
import { comparisonItems } from './comparison-items.ts';
import { ComparisonEditor } from './comparison-editor.tsx';
import styles from './condition-editor.module.css';
import { FlagConditionEditor } from './flag-condition-editor.tsx';
import { usePlaceOfEdit } from './place.ts';
import { SegmentEditor } from './segment-editor.tsx';
import { TimeEditor } from './time-editor.tsx';

interface ConditionEditorProps {
  readonly condition: Condition;
  onChange(condition: Condition): void;
  onRemove(): void;
}

/** One condition of any sort, as part of a sentence that is always open. */
export function ConditionEditor({ condition, onChange, onRemove }: ConditionEditorProps) {
  const group = asGroup(condition);
  if (group) return <GroupEditor group={group} onChange={onChange} onRemove={onRemove} />;
  const leaf = asLeaf(condition);
  return leaf ? <LeafEditor leaf={leaf} onChange={onChange} onRemove={onRemove} /> : null;
}

type GroupEditorProps = Omit<ConditionEditorProps, 'condition'> & { readonly group: Group };

const joinOptions = Object.entries(joinWords).map(([value, label]) => ({ value: value as Join, label }));

function GroupEditor({ group, onChange, onRemove }: GroupEditorProps) {
  const { disabled } = usePlaceOfEdit();
  const { parts } = group;
  const change = (next: Partial<Group>) => onChange(fromGroup({ ...group, ...next }));
  return (
    <div className={styles.group} role="group" aria-label={joinWords[group.join]}>
      <span className={styles.leaf}>
        <InlineSelect
          label="Group"
          options={joinOptions}
          value={group.join}
          disabled={disabled}
          onChange={(join) => change({ join })}
        />
        {!disabled && (
          <Menu
            small
            label="More for this group"
            className={styles.more}
            items={[{ label: 'Remove the group', tone: 'stop', onSelect: onRemove }]}
          />
        )}
      </span>
      {parts.map((part, index) => (
        <div key={index} className={styles.part}>
          <ConditionEditor
            condition={part}
            onChange={(next) => change({ parts: parts.with(index, next) })}
            onRemove={() => change({ parts: parts.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      {!disabled && <AddCondition label="condition" onAdd={(added) => change({ parts: [...parts, added] })} />}
    </div>
  );
}

type LeafEditorProps = Omit<ConditionEditorProps, 'condition'> & { readonly leaf: Leaf };

function LeafEditor({ leaf, onChange, onRemove }: LeafEditorProps) {
  const { disabled } = usePlaceOfEdit();
  const change = (next: Partial<Leaf>) => onChange(fromLeaf({ ...leaf, ...next }));
  const items: MenuItem[] = [
    ...('op' in leaf.test ? comparisonItems(leaf.test, (test) => change({ test })) : []),
    { label: 'Remove the condition', tone: 'stop', onSelect: onRemove },
  ];
  return (
    <div className={styles.leaf}>
      <LeafBody leaf={leaf} onChange={change} />
      {!disabled && <Menu small label="More for this condition" className={styles.more} items={items} />}
    </div>
  );
}

function LeafBody({ leaf: { test, negated }, onChange }: { readonly leaf: Leaf; onChange(next: Partial<Leaf>): void }) {
  if ('op' in test) return <ComparisonEditor test={test} negated={negated} onChange={onChange} />;
  if ('segment' in test) return <SegmentEditor test={test} negated={negated} onChange={onChange} />;
  if ('time' in test) return <TimeEditor test={test} negated={negated} onChange={onChange} />;
  if ('bucket' in test) return <BucketEditor test={test} negated={negated} onChange={onChange} />;
  return <FlagConditionEditor test={test} negated={negated} onChange={onChange} />;
}
