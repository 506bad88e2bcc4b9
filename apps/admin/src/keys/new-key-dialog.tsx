import type { Environment } from '@taffrail/schema';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { projectKey } from '../api/queries.ts';
import { mistakesOf, sentence } from '../api/refusal.ts';
import type { Scope } from '../api/scope.ts';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/states.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';

export interface MadeKey {
  readonly id: string;
  readonly secret: string;
  readonly kind: 'server' | 'client';
  readonly environment: string;
}

interface NewKeyDialogProps {
  readonly scope: Scope;
  readonly environments: readonly Environment[];
  onClose(): void;
  onMade(key: MadeKey): void;
}

const kinds = [
  { value: 'server', label: 'server: secret, reads everything' },
  { value: 'client', label: 'client: public, for browsers' },
] as const;

interface KeyForm extends Pick<MadeKey, 'kind' | 'environment'> {
  readonly name: string;
  readonly origins: string;
}

export function NewKeyDialog({ scope, environments, onClose, onMade }: NewKeyDialogProps) {
  const client = useQueryClient();
  const first = environments.find(({ production }) => !production) ?? environments[0];
  const [form, setForm] = useState<KeyForm>({ kind: 'server', environment: first?.key ?? '', name: '', origins: '' });
  const make = useMutation({
    mutationFn: () => makeKey(scope, form),
    onSuccess({ id, secret }) {
      void client.invalidateQueries({ queryKey: [...projectKey(scope), 'keys'] });
      onMade({ id, secret, kind: form.kind, environment: form.environment });
    },
  });
  return (
    <Dialog
      title="New SDK key"
      onClose={onClose}
      onSubmit={() => make.mutate()}
      foot={<SubmitRow verb="Create key" busy={make.isPending} onCancel={onClose} />}
    >
      <KeyFields environments={environments} form={form} onChange={setForm} />
      {make.error && (
        <Notice tone="stop" urgent>
          {mistakesOf(make.error)[0]?.message ?? sentence(make.error)}
        </Notice>
      )}
    </Dialog>
  );
}

interface KeyFieldsProps extends Pick<NewKeyDialogProps, 'environments'> {
  readonly form: KeyForm;
  onChange(form: KeyForm): void;
}

function KeyFields({ environments, form, onChange }: KeyFieldsProps) {
  const set = (change: Partial<KeyForm>) => onChange({ ...form, ...change });
  const places = environments.map(({ key, name }) => ({ value: key, label: name }));
  return (
    <>
      <SelectField label="Kind" options={kinds} value={form.kind} onChange={(kind) => set({ kind })} />
      <SelectField
        label="Environment"
        options={places}
        value={form.environment}
        onChange={(environment) => set({ environment })}
      />
      <TextField
        label="Name"
        placeholder={usualName(form)}
        hint="what it is used by"
        value={form.name}
        maxLength={128}
        onChange={(name) => set({ name })}
      />
      {form.kind === 'client' && (
        <TextField
          label="Origins"
          placeholder="https://app.example"
          hint="which pages may use it; empty means any"
          value={form.origins}
          onChange={(origins) => set({ origins })}
        />
      )}
    </>
  );
}

function makeKey(scope: Scope, form: KeyForm) {
  const { kind, environment, name, origins } = form;
  const allowed = kind === 'client' ? { origins: origins.split(/[\s,]+/).filter(Boolean) } : {};
  return call('POST /orgs/:org/projects/:project/environments/:environment/keys', {
    params: { ...scope, environment },
    body: { kind, name: name.trim() || usualName(form), ...allowed },
  });
}

function usualName({ kind, environment }: KeyForm): string {
  return `${kind} in ${environment}`;
}
