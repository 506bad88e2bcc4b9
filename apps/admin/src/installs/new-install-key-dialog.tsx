import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { mistakesOf, sentence } from '../api/refusal.ts';
import type { Scope } from '../api/scope.ts';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { renewInstalls } from './renew-installs.ts';

interface NewInstallKeyDialogProps {
  readonly scope: Scope;
  readonly install: string;
  onClose(): void;
  onMade(secret: string): void;
}

export function NewInstallKeyDialog({ scope, install, onClose, onMade }: NewInstallKeyDialogProps) {
  const client = useQueryClient();
  const [form, setForm] = useState({ name: 'site', expiresOn: '' });
  const make = useMutation({
    mutationFn: () =>
      call('POST /orgs/:org/projects/:project/installs/:install/keys', {
        params: { ...scope, install },
        body: { name: form.name.trim(), ...(form.expiresOn && { expiresAt: `${form.expiresOn}T23:59:59Z` }) },
      }),
    onSuccess({ secret }) {
      renewInstalls(client, scope);
      onMade(secret);
    },
  });
  const mistake = make.error ? (mistakesOf(make.error)[0]?.message ?? sentence(make.error)) : undefined;
  return (
    <Dialog
      title="New install key"
      onClose={onClose}
      onSubmit={() => make.mutate()}
      foot={<SubmitRow verb="Create key" busy={make.isPending} disabled={form.name.trim() === ''} onCancel={onClose} />}
    >
      <TextField
        label="Name"
        hint="what it is used by"
        value={form.name}
        error={mistake}
        maxLength={128}
        onChange={(name) => setForm({ ...form, name })}
      />
      <TextField
        label="Ends on"
        type="date"
        hint="empty: it does not end by itself"
        value={form.expiresOn}
        onChange={(expiresOn) => setForm({ ...form, expiresOn })}
      />
    </Dialog>
  );
}
