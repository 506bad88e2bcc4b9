import type { Grant } from '@taffrail/schema';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { organizationKey } from '../api/queries.ts';
import { mistakesOf, sentence } from '../api/refusal.ts';
import { GrantFields } from '../people/grant-fields.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { OneOf } from '../ui/segmented.tsx';

interface NewTokenDialogProps {
  readonly org: string;
  onClose(): void;
  onMade(secret: string): void;
}

const kinds = [
  { value: 'personal', label: 'Personal' },
  { value: 'service', label: 'Service' },
] as const;

export function NewTokenDialog({ org, onClose, onMade }: NewTokenDialogProps) {
  const client = useQueryClient();
  const [kind, setKind] = useState<'personal' | 'service'>('personal');
  const [name, setName] = useState('');
  const [expiresOn, setExpiresOn] = useState('');
  const [grants, setGrants] = useState<readonly Grant[]>([{ role: 'viewer' }]);
  const make = useMutation({
    mutationFn: () => {
      const facts = { name: name.trim(), ...(expiresOn ? { expiresAt: `${expiresOn}T23:59:59Z` } : {}) };
      return kind === 'personal'
        ? call('POST /session/tokens', { body: { organization: org, ...facts } })
        : call('POST /orgs/:org/tokens', { params: { org }, body: { grants: [...grants], ...facts } });
    },
    onSuccess({ secret }) {
      void client.invalidateQueries({ queryKey: organizationKey(org) });
      onMade(secret);
    },
  });
  const mistake = make.error ? (mistakesOf(make.error)[0]?.message ?? sentence(make.error)) : undefined;
  return (
    <Dialog
      title="New token"
      onClose={onClose}
      onSubmit={() => make.mutate()}
      foot={
        <>
          <Button tone="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" tone="primary" busy={make.isPending} disabled={name.trim() === ''}>
            Create token
          </Button>
        </>
      }
    >
      <OneOf label="Kind of token" options={kinds} value={kind} onChange={setKind} />
      <TextField label="Name" hint="what it is used by" value={name} error={mistake} maxLength={128} onChange={setName} />
      <TextField label="Ends on" type="date" hint="empty: it does not end by itself" value={expiresOn} onChange={setExpiresOn} />
      {kind === 'service' && <GrantFields org={org} grants={grants} onChange={setGrants} />}
    </Dialog>
  );
}
