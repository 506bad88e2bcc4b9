import { useQuery } from '@tanstack/react-query';
import { segmentsQuery } from '../api/queries.ts';
import { InlineSelect } from '../ui/inline.tsx';
import type { LeafProps } from './leaf-props.ts';
import { usePlaceOfEdit } from './place.ts';

const inOrNot = [
  { value: 'in', label: 'is in segment' },
  { value: 'not', label: 'is not in segment' },
] as const;

/** `is in segment` `early-adopters`. */
export function SegmentEditor({ test, negated, onChange }: LeafProps<'segment'>) {
  const { scope, environment, disabled } = usePlaceOfEdit();
  const { data: segments = [] } = useQuery(segmentsQuery(scope, environment));
  const options = segments.map(({ segment: { document } }) => ({ value: document.key, label: document.key }));
  return (
    <>
      <InlineSelect
        label="In or not"
        options={inOrNot}
        value={negated ? 'not' : 'in'}
        disabled={disabled}
        onChange={(value) => onChange({ negated: value === 'not' })}
      />
      <InlineSelect
        label="Segment"
        options={options}
        value={test.segment}
        disabled={disabled}
        onChange={(segment) => onChange({ test: { segment } })}
      />
    </>
  );
}
