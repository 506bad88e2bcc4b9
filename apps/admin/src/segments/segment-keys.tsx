import type { SegmentDocument } from '@taffrail/schema';
import { usePlaceOfEdit } from '../conditions/place.ts';
import { ContextKeysInput } from '../contexts/context-keys-input.tsx';
import pageStyles from '../ui/page.module.css';
import { grouped } from '../words/numbers.ts';
import { withKeys, withoutKey } from './segment-form.ts';
import styles from './segment-sheet.module.css';

interface SegmentKeysProps {
  readonly segment: SegmentDocument;
  readonly list: 'included' | 'excluded';
  readonly label: string;
  onChange(segment: SegmentDocument): void;
}

/** So many keys are drawn; a list may hold a hundred thousand. */
const shownKeys = 200;

export function SegmentKeys({ segment, list, label, onChange }: SegmentKeysProps) {
  const { scope, environment, disabled } = usePlaceOfEdit();
  const keys = segment[list];
  const hidden = keys.length - shownKeys;
  return (
    <div className={styles.when}>
      <span className={styles.label}>
        {label} ({grouped(keys.length)})
      </span>
      <div className={styles.keys}>
        <ContextKeysInput
          boxed
          scope={scope}
          environment={environment}
          kind={segment.kind}
          label={`${label}: keys of ${segment.kind}`}
          placeholder="paste or type keys…"
          keys={keys.slice(0, shownKeys)}
          disabled={disabled}
          onAdd={(added) => onChange(withKeys(segment, list, added))}
          onRemove={(key) => onChange(withoutKey(segment, list, key))}
        />
      </div>
      {hidden > 0 && <span className={pageStyles.dim}>and {grouped(hidden)} more</span>}
    </div>
  );
}
