import type { Json } from '@taffrail/engine';
import { useState } from 'react';
import { useKnownKeys } from '../contexts/use-known-keys.ts';
import { useKnownShape } from '../contexts/known-shape.ts';
import { attributeWords, isKey, parseAttribute } from '../edit/attribute.ts';
import { literalWords, readLiteral, retyped } from '../edit/literals.ts';
import { negatedLabel, operatorChoices, operatorOf } from '../edit/operators.ts';
import { InlineSelect, InlineText } from '../ui/inline.tsx';
import { TokensInput } from '../ui/tokens-input.tsx';
import styles from './condition-editor.module.css';
import type { LeafProps, TestWith } from './leaf-props.ts';
import { usePlaceOfEdit } from './place.ts';

const operatorOptions = [
  ...operatorChoices.map(({ op, label }) => ({ value: op, label })),
  ...operatorChoices.map(({ op, label }) => ({ value: `not ${op}`, label: negatedLabel(label) })),
];

/** `org.plan` `is one of` `pro, team`. */
export function ComparisonEditor({ test, negated, onChange }: LeafProps<'op'>) {
  const { scope, environment, disabled } = usePlaceOfEdit();
  const { attributes } = useKnownShape(scope, environment);
  const hasValues = operatorOf(test.op)?.values !== 'nothing';

  function look(text: string): boolean {
    const attribute = parseAttribute(text);
    if (attribute) onChange({ test: { ...test, ...attribute } });
    return attribute !== undefined;
  }
  function compare(choice: string) {
    const isNegated = choice.startsWith('not ');
    onChange({ test: withOperator(test, isNegated ? choice.slice(4) : choice), negated: isNegated });
  }
  return (
    <>
      <InlineText label="Attribute" value={attributeWords(test)} suggestions={attributes} disabled={disabled} onCommit={look} />
      <InlineSelect
        label="Operator"
        options={operatorOptions}
        value={negated ? `not ${test.op}` : test.op}
        disabled={disabled}
        onChange={compare}
      />
      {hasValues && <Values test={test} onChange={(values) => onChange({ test: { ...test, values } })} />}
      {test.fold && <span className={styles.note}>any case</span>}
      {test.match && test.match !== 'any' && (
        <span className={styles.note}>{test.match === 'all' ? 'every element' : 'no element'}</span>
      )}
      {test.missing && <span className={styles.note}>if absent: {test.missing}</span>}
    </>
  );
}

/** Values that the new operator cannot read are dropped: they would turn the flag off. */
function withOperator(test: TestWith<'op'>, op: string): TestWith<'op'> {
  const values = (test.values ?? []).flatMap((value) => {
    const reading = readLiteral(literalWords(value), op);
    return 'value' in reading ? [typeof reading.value === typeof value ? value : reading.value] : [];
  });
  return { ...test, op, values: operatorOf(op)?.values === 'nothing' ? [] : values };
}

function Values({ test, onChange }: { readonly test: TestWith<'op'>; onChange(values: readonly Json[]): void }) {
  const { scope, environment, disabled } = usePlaceOfEdit();
  const [text, setText] = useState<string | null>(null);
  const [mistake, setMistake] = useState<string>();
  const known = useKnownKeys(scope, environment, test.kind, isKey(test.path) && test.op === 'is' ? text : null);
  const values = test.values ?? [];
  function add(texts: readonly string[]) {
    const readings = texts.map((each) => readLiteral(each, test.op));
    setMistake(readings.flatMap((reading) => ('mistake' in reading ? [reading.mistake] : []))[0]);
    const added = readings.flatMap((reading) => ('value' in reading ? [reading.value] : []));
    if (added.length > 0) onChange([...values, ...added.filter((value) => !values.includes(value))]);
  }
  const isScalar = operatorOf(test.op)?.values === 'scalar';
  return (
    <>
      <span style={{ display: 'contents' }} onFocus={() => setText((old) => old ?? '')}>
        <TokensInput
          label="Values"
          placeholder="value…"
          disabled={disabled}
          tokens={values.map((value, index) => ({
            id: String(index),
            text: literalWords(value),
            note: isScalar && <Type value={value} disabled={disabled} onChange={(next) => onChange(values.with(index, next))} />,
          }))}
          suggestions={known.filter(({ value }) => !values.includes(value))}
          onText={setText}
          onAdd={add}
          onRemove={(id) => onChange(values.filter((_, index) => String(index) !== id))}
        />
      </span>
      {mistake && (
        <span className={styles.mistake} role="alert">
          {mistake}
        </span>
      )}
    </>
  );
}

interface TypeProps {
  readonly value: Json;
  readonly disabled: boolean;
  onChange(value: Json): void;
}

/** `5` is a text or a number, and they are never equal: where letters leave it open, the type is shown and can be turned. */
function Type({ value, disabled, onChange }: TypeProps) {
  const other = retyped(value);
  if (other === undefined) return null;
  const type = typeof value === 'string' ? 'text' : typeof value;
  return (
    <button
      type="button"
      className={styles.type}
      disabled={disabled}
      aria-label={`${literalWords(value)} is a ${type}: make it a ${typeof other === 'string' ? 'text' : typeof other}`}
      onClick={() => onChange(other)}
    >
      {type}
    </button>
  );
}
