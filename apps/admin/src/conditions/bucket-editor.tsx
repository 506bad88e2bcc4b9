import { bucketingWords } from '../words/condition-words.ts';
import { useKnownShape } from '../contexts/known-shape.ts';
import { parseBucketing } from '../edit/bucketing.ts';
import { percentOf, resized } from '../edit/percentages.ts';
import { InlinePercent, InlineSelect, InlineText } from '../ui/inline.tsx';
import { isOrNot, type LeafProps } from './leaf-props.ts';
import { usePlaceOfEdit } from './place.ts';

/** `is` among `10 %` of `org`. */
export function BucketEditor({ test, negated, onChange }: LeafProps<'bucket'>) {
  const { scope, environment, disabled } = usePlaceOfEdit();
  const { attributes } = useKnownShape(scope, environment);
  function by(text: string): boolean {
    const bucket = parseBucketing(text, test.bucket);
    if (bucket) onChange({ test: { ...test, bucket } });
    return bucket !== undefined;
  }
  return (
    <>
      <InlineSelect
        label="Is or is not"
        options={isOrNot}
        value={negated ? 'not' : 'is'}
        disabled={disabled}
        onChange={(value) => onChange({ negated: value === 'not' })}
      />
      among
      <InlinePercent
        label="Share"
        percent={percentOf(test)}
        disabled={disabled}
        onChange={(percent) => onChange({ test: { ...test, ranges: resized(test.ranges, percent) } })}
      />
      of
      <InlineText
        label="Share of"
        value={bucketingWords(test.bucket)}
        suggestions={attributes}
        disabled={disabled}
        onCommit={by}
      />
    </>
  );
}
