import { useState } from 'react';
import type { FlagDetail } from '../api/queries.ts';
import type { Scope } from '../api/scope.ts';
import { useCommit } from '../api/use-commit.ts';
import { kindOptions } from '../new-flag/kinds.ts';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { TextAreaField } from '../ui/text-area-field.tsx';

interface DescribeDialogProps {
  readonly scope: Scope;
  readonly detail: FlagDetail;
  onClose(): void;
}

/** What a flag is in its project, the same in every environment. */
export function DescribeDialog({ scope, detail, onClose }: DescribeDialogProps) {
  const commit = useCommit();
  const { document, revision } = detail.definition;
  const { key, kind, owner, description, expiresOn = '' } = document;
  const [form, setForm] = useState({ kind, owner, description, expiresOn });
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  async function save() {
    const body = { ...form, expiresOn: form.expiresOn || null };
    const request = { params: { ...scope, flag: key }, body, ifMatch: revision };
    if (await commit('PATCH /orgs/:org/projects/:project/flags/:flag', request, `Changed the details of ${key}`)) onClose();
  }
  return (
    <Dialog
      title={`Details of ${key}`}
      onClose={onClose}
      onSubmit={() => void save()}
      foot={<SubmitRow verb="Save" onCancel={onClose} />}
    >
      <SelectField label="Kind" options={kindOptions} value={form.kind} onChange={(next) => set({ kind: next })} />
      <TextField label="Owner" value={form.owner} onChange={(next) => set({ owner: next })} />
      <TextField
        label="Expires on"
        type="date"
        hint="a temporary flag has a last day"
        value={form.expiresOn}
        onChange={(next) => set({ expiresOn: next })}
      />
      <TextAreaField label="Description" value={form.description} onChange={(next) => set({ description: next })} />
    </Dialog>
  );
}
