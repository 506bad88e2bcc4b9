import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { flagsQuery } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { Field, TextField } from '../ui/field.tsx';
import { TextAreaField } from '../ui/text-area-field.tsx';
import { TokensInput } from '../ui/tokens-input.tsx';
import { type FeatureForm, hoursMistake } from './feature-form.ts';

interface FeatureFieldsProps {
  readonly scope: Scope;
  readonly form: FeatureForm;
  onChange(change: Partial<FeatureForm>): void;
}

/** What a feature is made of and who answers for it. */
export function FeatureFields({ scope, form, onChange }: FeatureFieldsProps) {
  return (
    <>
      <FlagsField scope={scope} form={form} onChange={onChange} />
      <TextField label="Owner" value={form.owner} onChange={(owner) => onChange({ owner })} />
      <TextField
        label="Expires on"
        type="date"
        hint="the last day of its flags; early access waits for it"
        value={form.expiresOn}
        onChange={(expiresOn) => onChange({ expiresOn })}
      />
      <TextAreaField label="Description" value={form.description} onChange={(description) => onChange({ description })} />
    </>
  );
}

const suggested = 8;

function FlagsField({ scope, form: { flags }, onChange }: FeatureFieldsProps) {
  const { data } = useQuery(flagsQuery(scope));
  const [text, setText] = useState('');
  const chosen = new Set(flags);
  const free = (data?.flags ?? [])
    .map(({ definition }) => definition.key)
    .filter((key) => !chosen.has(key) && key.includes(text));
  return (
    <Field label="Flags" hint="in any order: their prerequisites say which goes first">
      {() => (
        <TokensInput
          boxed
          label="Flags"
          tokens={flags.map((key) => ({ id: key, text: key }))}
          suggestions={text === '' ? [] : free.slice(0, suggested).map((value) => ({ value }))}
          placeholder="new-issue-stream"
          onText={setText}
          onAdd={(keys) => onChange({ flags: [...new Set([...flags, ...keys])] })}
          onRemove={(id) => onChange({ flags: flags.filter((key) => key !== id) })}
        />
      )}
    </Field>
  );
}

/** Who the narrow stages let in, and how long everybody has it before that counts as launched. */
export function GateFields({ form, onChange }: Omit<FeatureFieldsProps, 'scope'>) {
  return (
    <>
      <TextField
        mono
        label="Internal segment"
        value={form.internal}
        onChange={(internal) => onChange({ internal: internal.trim() })}
      />
      <TextField
        mono
        label="Early access segment"
        value={form.earlyAccess}
        onChange={(earlyAccess) => onChange({ earlyAccess: earlyAccess.trim() })}
      />
      <TextField
        label="Hours at 100 % before GA"
        inputMode="numeric"
        hint="in production"
        value={form.hoursAtFull}
        error={hoursMistake(form)}
        onChange={(hoursAtFull) => onChange({ hoursAtFull })}
      />
    </>
  );
}
