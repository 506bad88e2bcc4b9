import type { Comparison } from '@taffrail/engine';
import type { MenuItem } from '../ui/menu.tsx';

const matches: readonly (readonly [NonNullable<Comparison['match']>, string])[] = [
  ['any', 'Of a list: any element'],
  ['all', 'Of a list: every element'],
  ['none', 'Of a list: no element'],
];

/** The finer points of a comparison: case, and how a list is tested. */
export function comparisonItems(test: Comparison, onChange: (test: Comparison) => void): MenuItem[] {
  const { fold = false, match = 'any' } = test;
  return [
    { label: 'Ignore case', checked: fold, onSelect: () => onChange(without(test, 'fold', fold ? undefined : true)) },
    ...matches.map(([value, label]): MenuItem => ({
      label,
      checked: match === value,
      onSelect: () => onChange(without(test, 'match', value === 'any' ? undefined : value)),
    })),
  ];
}

/** What is usual is left out of the document. */
function without<N extends 'fold' | 'match'>(test: Comparison, name: N, value: Comparison[N] | undefined): Comparison {
  const { [name]: _, ...rest } = test;
  return (value === undefined ? rest : { ...rest, [name]: value }) as Comparison;
}
