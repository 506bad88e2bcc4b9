import type { Grant } from '@taffrail/schema';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { organizationKey } from '../api/queries.ts';
import { mistakesOf, sentence } from '../api/refusal.ts';
import { GrantFields } from '../people/grant-fields.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { OneOf } from '../ui/segmented.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';

interface NewTokenDialogProps {
  readonly org: string;
  onClose(): void;
  onMade(secret: string): void;
}

interface TokenForm {
  readonly kind: 'personal' | 'service';
  readonly name: string;
  /** `YYYY-MM-DD`, or empty. */
  readonly expiresOn: string;
  readonly grants: readonly Grant[];
}

const kinds = [
  { value: 'personal', label: 'Personal' },
  { value: 'service', label: 'Service' },
] as const;
const blank: TokenForm = { kind: 'personal', name: '', expiresOn: '', grants: [{ role: 'viewer' }] };

export function NewTokenDialog({ org, onClose, onMade }: NewTokenDialogProps) {
  const client = useQueryClient();
  const [form, setForm] = useState(blank);
  const make = useMutation({
    mutationFn: () => makeToken(org, form),
    onSuccess({ secret }) {
      void client.invalidateQueries({ queryKey: organizationKey(org) });
      onMade(secret);
    },
  });
  const mistake = make.error ? (mistakesOf(make.error)[0]?.message ?? sentence(make.error)) : undefined;
  const isNamed = form.name.trim() !== '';
  return (
    <Dialog
      title="New token"
      onClose={onClose}
      onSubmit={() => make.mutate()}
      foot={<SubmitRow verb="Create token" busy={make.isPending} disabled={!isNamed} onCancel={onClose} />}
    >
      <OneOf label="Kind of token" options={kinds} value={form.kind} onChange={(kind) => setForm({ ...form, kind })} />
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
      {form.kind === 'service' && (
        <GrantFields org={org} grants={form.grants} onChange={(grants) => setForm({ ...form, grants })} />
      )}
    </Dialog>
  );
}

/** A personal token acts as the person; only a service token has grants of its own. */
function makeToken(org: string, { kind, name, expiresOn, grants }: TokenForm) {
  const facts = { name: name.trim(), ...(expiresOn ? { expiresAt: `${expiresOn}T23:59:59Z` } : {}) };
  if (kind === 'personal') return call('POST /session/tokens', { body: { organization: org, ...facts } });
  return call('POST /orgs/:org/tokens', { params: { org }, body: { grants: [...grants], ...facts } });
}
