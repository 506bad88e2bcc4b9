import type { SegmentDocument } from '@taffrail/schema';
import { usePlaceOfEdit } from '../conditions/place.ts';
import { TopCondition } from '../conditions/top-condition.tsx';
import { Button } from '../ui/button.tsx';
import styles from './segment-sheet.module.css';

interface SegmentWhenProps {
  readonly segment: SegmentDocument;
  onChange(segment: SegmentDocument): void;
}

/** For whom neither list decides. */
export function SegmentWhen({ segment, onChange }: SegmentWhenProps) {
  const { disabled } = usePlaceOfEdit();
  const { when, ...lists } = segment;
  const begin = () => onChange({ ...segment, when: { kind: segment.kind, path: ['plan'], op: 'is', values: [] } });
  return (
    <div className={styles.when}>
      <span className={styles.label}>Anybody else is in{when ? ' if' : ''}</span>
      {when ? <TopCondition when={when} onChange={(next) => onChange({ ...segment, when: next })} /> : <span>never</span>}
      {!disabled && (
        <span>
          <Button small tone="plain" icon={when ? 'close' : 'plus'} onClick={() => (when ? onChange(lists) : begin())}>
            {when ? 'no condition' : 'condition'}
          </Button>
        </span>
      )}
    </div>
  );
}
