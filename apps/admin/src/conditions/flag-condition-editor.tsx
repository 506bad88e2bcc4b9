import { useQuery } from '@tanstack/react-query';
import { flagQuery, flagsQuery } from '../api/queries.ts';
import { InlineSelect, InlineText } from '../ui/inline.tsx';
import { TokensInput } from '../ui/tokens-input.tsx';
import { searchRows } from '../flags/views.ts';
import { useState } from 'react';
import type { LeafProps } from './leaf-props.ts';
import { usePlaceOfEdit } from './place.ts';

const serves = [
  { value: 'is', label: 'serves' },
  { value: 'not', label: 'does not serve' },
] as const;

/** flag `new-api` `serves` `on`. */
export function FlagConditionEditor({ test, negated, onChange }: LeafProps<'variants'>) {
  const { disabled } = usePlaceOfEdit();
  return (
    <>
      flag
      <FlagWithVariants
        flag={test.flag}
        variants={test.variants}
        between={
          <InlineSelect
            label="Serves or not"
            options={serves}
            value={negated ? 'not' : 'is'}
            disabled={disabled}
            onChange={(value) => onChange({ negated: value === 'not' })}
          />
        }
        onChange={(next) => onChange({ test: next })}
      />
    </>
  );
}

interface FlagWithVariantsProps {
  readonly flag: string;
  readonly variants: readonly string[];
  readonly between: React.ReactNode;
  onChange(next: { readonly flag: string; readonly variants: readonly string[] }): void;
}

const suggested = 8;

/** Another flag, and which of its variants are meant. */
export function FlagWithVariants({ flag, variants, between, onChange }: FlagWithVariantsProps) {
  const { scope, environment, disabled } = usePlaceOfEdit();
  const [text, setText] = useState(flag);
  const { data: list } = useQuery(flagsQuery(scope));
  const { data: detail } = useQuery({ ...flagQuery(scope, flag), enabled: flag !== '' });
  const flags = searchRows(list?.flags ?? [], text)
    .slice(0, suggested)
    .map(({ definition }) => ({ value: definition.key }));
  const names = Object.keys(detail?.environments[environment]?.document.variants ?? {}).filter(
    (name) => !variants.includes(name),
  );
  return (
    <>
      <InlineText
        label="Flag"
        value={flag}
        placeholder="flag…"
        suggestions={flags}
        disabled={disabled}
        onText={setText}
        onCommit={(key) => onChange({ flag: key, variants })}
      />
      {between}
      <TokensInput
        label="Variants"
        tokens={variants.map((name) => ({ id: name, text: name }))}
        suggestions={names.map((value) => ({ value }))}
        disabled={disabled}
        onAdd={(added) => onChange({ flag, variants: [...variants, ...added] })}
        onRemove={(name) => onChange({ flag, variants: variants.filter((each) => each !== name) })}
      />
    </>
  );
}
