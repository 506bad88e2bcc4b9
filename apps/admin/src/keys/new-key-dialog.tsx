import type { Environment } from '@taffrail/schema';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { projectKey } from '../api/queries.ts';
import { mistakesOf, sentence } from '../api/refusal.ts';
import type { Scope } from '../api/scope.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/states.tsx';

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

export function NewKeyDialog({ scope, environments, onClose, onMade }: NewKeyDialogProps) {
  const client = useQueryClient();
  const first = environments.find(({ production }) => !production) ?? environments[0];
  const [kind, setKind] = useState<MadeKey['kind']>('server');
  const [environment, setEnvironment] = useState(first?.key ?? '');
  const [name, setName] = useState('');
  const [origins, setOrigins] = useState('');
  const make = useMutation({
    mutationFn: () =>
      call('POST /orgs/:org/projects/:project/environments/:environment/keys', {
        params: { ...scope, environment },
        body: {
          kind,
          name: name.trim() || `${kind} in ${environment}`,
          ...(kind === 'client' ? { origins: listOf(origins) } : {}),
        },
      }),
    onSuccess({ id, secret }) {
      void client.invalidateQueries({ queryKey: [...projectKey(scope), 'keys'] });
      onMade({ id, secret, kind, environment });
    },
  });
  const mistake = mistakesOf(make.error)[0]?.message;
  return (
    <Dialog
      title="New SDK key"
      onClose={onClose}
      onSubmit={() => make.mutate()}
      foot={
        <>
          <Button tone="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" tone="primary" busy={make.isPending}>
            Create key
          </Button>
        </>
      }
    >
      <SelectField label="Kind" options={kinds} value={kind} onChange={setKind} />
      <SelectField
        label="Environment"
        options={environments.map(({ key, name: label }) => ({ value: key, label }))}
        value={environment}
        onChange={setEnvironment}
      />
      <TextField
        label="Name"
        placeholder={`${kind} in ${environment}`}
        hint="what it is used by"
        value={name}
        maxLength={128}
        onChange={setName}
      />
      {kind === 'client' && (
        <TextField
          label="Origins"
          placeholder="https://app.example"
          hint="which pages may use it; empty means any"
          value={origins}
          onChange={setOrigins}
        />
      )}
      {make.error && (
        <Notice tone="stop" urgent>
          {mistake ?? sentence(make.error)}
        </Notice>
      )}
    </Dialog>
  );
}

function listOf(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}
